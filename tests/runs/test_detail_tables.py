"""The tables of detail lie in a run folder beside the runs, and change nothing about them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.runs.compact import compact
from sim.runs.detail import MOST_SEEDS, read_detail, record_detail, seeds_for
from sim.runs.execute import execute
from sim.runs.plan import Plan
from sim.runs.reading import read_months, read_runs
from sim.scenario.schema import Scenario

WORLD = {"horizon": 8, "burn_in": {"months": 6}, "banks": {"main": {}}}


def world(name: str, count: int = 120) -> Scenario:
    return Scenario.model_validate(WORLD | {"name": name, "firms": {"count": count}})


@pytest.fixture
def ran(tmp_path: Path) -> tuple[Path, Plan]:
    plan = Plan({name: world(name) for name in ("a", "b")}, (1, 2, 3))
    execute(plan, tmp_path / "out", workers=0, quiet=True)
    return tmp_path / "out", plan


def test_detail_is_written_once_and_agrees_with_the_months(ran: tuple[Path, Plan]) -> None:
    folder, plan = ran
    before = read_runs(folder), read_months(folder)
    assert record_detail(folder, plan.arms) == 2 * 3
    loans, events = read_detail(folder, "loans"), read_detail(folder, "events")
    assert set(loans["arm"]) == {"a", "b"}
    months = before[1].groupby(["arm", "seed"])
    taken = loans[(loans["granted"] >= 1).fillna(False)].groupby(["arm", "seed"]).size()
    assert taken.tolist() == months["taken"].sum().tolist()
    bad = events[events["kind"] == "default"].groupby(["arm", "seed"]).size()
    wanted = months["defaults"].sum()
    assert bad.reindex(wanted.index, fill_value=0).tolist() == wanted.tolist()
    assert record_detail(folder, plan.arms) == 0  # all there
    for old, new in zip(before, (read_runs(folder), read_months(folder)), strict=True):
        pd.testing.assert_frame_equal(old, new)


def test_more_seeds_add_their_part_and_compacting_leaves_the_detail(
    ran: tuple[Path, Plan],
) -> None:
    folder, plan = ran
    assert record_detail(folder, {"a": plan.arms["a"]}) == 3
    execute(Plan(plan.arms, (1, 2, 3, 4)), folder, workers=0, quiet=True)
    assert record_detail(folder, {"a": plan.arms["a"]}) == 1
    loans = read_detail(folder, "loans")
    assert sorted(loans["seed"].unique()) == [1, 2, 3, 4]
    compact(folder)
    pd.testing.assert_frame_equal(loans, read_detail(folder, "loans"))
    assert len(pd.read_parquet(folder / "loans")) == len(loans)  # any reader's own way


def test_what_is_not_there_is_said(ran: tuple[Path, Plan], tmp_path: Path) -> None:
    folder, _ = ran
    with pytest.raises(RequestError, match="repeat the command with --detail"):
        read_detail(folder, "loans")
    with pytest.raises(RequestError, match="arm 'c' was not run here"):
        record_detail(folder, {"c": world("c")})
    with pytest.raises(RequestError, match="arm 'a' was not run here"):
        record_detail(folder, {"a": world("a", count=121)})


def test_a_large_market_is_told_of_fewer_seeds() -> None:
    assert seeds_for(world("small")) == MOST_SEEDS
    assert seeds_for(world("large", 50_000)) == 2
    assert seeds_for(world("huge", 1_000_000)) == 1
