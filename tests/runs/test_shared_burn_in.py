"""Arms of a plan that share a burn-in simulate it once; their results are as without sharing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from sim.model.kept_books import KEPT
from sim.runs.book_store import BookStore
from sim.runs.chunks import cut, months_of, shared_starts
from sim.runs.execute import execute
from sim.runs.forecast import START, _timed, forecast
from sim.runs.plan import Plan
from sim.runs.reading import read_months, read_runs
from sim.runs.work import simulator
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario
from tests.model.counting import months_advanced

SMALL = {"firms.count": 40, "horizon": 3, "burn_in.months": 5, "burn_in.nature_months": 0}


@pytest.fixture(scope="module")
def arms() -> dict[str, Scenario]:
    base = load_scenario("zhengzhou/baseline", set=SMALL)
    return {
        "base": base,
        "same start": base.with_({"banks.main.rating.slope": 0.6}),
        "own start": base.with_({"firms.margin": 0.09}),
    }


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder for results, with empty caches."""
    store = BookStore(tmp_path / "books", 10**9)
    monkeypatch.setattr("sim.runs.book_store.usual_store", lambda: store)
    KEPT.clear()
    yield tmp_path
    KEPT.clear()


def test_with_several_workers_each_begins_with_other_seeds(arms: dict[str, Scenario]) -> None:
    both = {name: arms[name].with_({"firms.count": 20_000}) for name in ("base", "same start")}
    plan = Plan(both, 15)  # three seeds of 20,000 firms make a chunk
    seeds = [chunk.seeds for chunk in cut(plan) if chunk.arm == "base"]
    assert len(seeds) == 5
    order = [(chunk.arm, seeds.index(chunk.seeds)) for chunk in cut(plan, workers=2)]
    first, last = (0, 1), (2, 3, 4)
    assert order == [(arm, k) for group in (first, last) for arm in both for k in group]
    assert set(cut(plan, workers=2)) == set(cut(plan))


def test_a_shared_burn_in_counts_once(arms: dict[str, Scenario]) -> None:
    assert list(shared_starts(arms)) == ["base", "same start"]
    plan = Plan(arms, 1)
    assert [months for _, months in months_of(plan, cut(plan))] == [8, 3, 8]


def test_results_are_those_without_sharing(
    arms: dict[str, Scenario], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    months = months_advanced(monkeypatch)
    execute(Plan(arms, 2), home / "out", workers=0, quiet=True)
    assert len(months) == 2 * 5 + 3 * 3
    assert len(list((home / "books").glob("*.npz"))) == 1
    for frame, name in (
        (read_runs(home / "out"), "summary"),
        (read_months(home / "out"), "months"),
    ):
        for arm, scenario in arms.items():
            expected = getattr(simulator(None)(scenario, seeds=[1, 2]), name)
            found = frame[frame["arm"] == arm].drop(columns="arm").reset_index(drop=True)
            pd.testing.assert_frame_equal(found, expected, check_dtype=False, check_exact=True)


def test_an_arm_alone_keeps_nothing(arms: dict[str, Scenario], home: Path) -> None:
    execute(Plan({"base": arms["base"]}, 1), home / "out", workers=0, quiet=True)
    assert len(KEPT) == 0
    assert not (home / "books").exists()


def test_the_forecast_counts_the_burn_in_once(
    arms: dict[str, Scenario], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    timed = _timed
    monkeypatch.setattr("sim.runs.forecast._timed", lambda *trial: (timed(*trial)[0], 8.0))
    found = forecast(Plan(arms, 1), workers=1)
    # a second for each of the 8 months of the trial: 8 + 3 for arms with one start, 8 for another
    assert found.seconds == pytest.approx(8 + 3 + 8 + START)
    assert len(KEPT) == 0
