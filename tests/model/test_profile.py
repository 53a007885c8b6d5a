"""A profile times every call of the month, and changes nothing of what comes out."""

from __future__ import annotations

import inspect
import itertools
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.model import month as month_module
from sim.model.profile import Profile, phases_of_the_month, profile
from sim.model.simulate import simulate
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SIZE = {"firms.count": 200, "horizon": 5, "burn_in.months": 6}
# arguments of `live`, besides its modules; by default the observer records nothing
COMPARING = {
    "urgency.cost_of_waiting", "urgency.wait_for_others", "post.answers_awaited",
    "post.elsewhere",
}  # fmt: skip
GIVEN = ("market", "firm_params", "economy", "banks", "observer")


def small(name: str) -> Scenario:
    return load_scenario(SCENARIOS / name, set=SIZE)


def idle(found: Profile) -> set[str]:
    """Return the phases that took no time in the median month."""
    spent = zip(found.phases, found.medians[:-1], strict=True)
    return {phase.call for phase, seconds in spent if seconds == 0.0}


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock go on by a second each time that somebody looks at it, and only then."""
    ticks = itertools.count()
    monkeypatch.setattr("sim.model.profile.time.perf_counter", lambda: float(next(ticks)))


@pytest.fixture
def two_banks(ticking: None) -> Profile:
    return profile(small("two_banks.yaml"), [1])[0]


def test_every_call_that_month_py_names_is_a_phase() -> None:
    source = re.sub(r'#.*|"""(.|\n)*?"""', "", inspect.getsource(month_module.live))
    named = set(re.findall(r"\b([a-z_]+\.[a-z_]+)\(", source))
    facts = {name for name in named if name.partition(".")[0] not in GIVEN}
    assert len(facts) > 40
    phases = [phase.call for phase in phases_of_the_month()]
    assert facts <= set(phases)
    assert {name for name in named if name.startswith("banks.")} <= set(phases)
    assert set(phases) <= named
    assert len(set(phases)) == len(phases)


def test_phases_stand_in_the_order_in_which_they_happen() -> None:
    calls = [phase.call for phase in phases_of_the_month()]
    for first, second in (
        ("post.open_month", "macro.move"),
        ("macro.move", "post.economy"),  # a fact is made before it is posted
        ("post.economy", "earnings.earn"),
        ("quotes.weigh", "post.decisions"),
        ("balance.check", "post.firms_replaced"),
    ):
        assert calls.index(first) < calls.index(second)


def test_phases_stand_under_the_comments_of_month_py() -> None:
    comments = re.findall(r"^    # (.+)$", inspect.getsource(month_module.live), re.MULTILINE)
    headings = [phase.heading for phase in phases_of_the_month()]
    assert list(dict.fromkeys(headings)) == ["", *comments]


def test_phases_are_explained_in_a_sentence() -> None:
    for phase in phases_of_the_month():
        assert " " in phase.does, phase
        assert len(phase.does) < 110, phase


def test_the_clock_counts_each_call_once(two_banks: Profile) -> None:
    """One look before a call and one after it: as many seconds as calls, one of each bank."""
    calls = [phase.call for phase in two_banks.phases]
    found = dict(zip(calls, two_banks.medians[:-1], strict=True))
    for name, times in (("macro.move", 1), ("oversight.watch", 2), ("post.staff", 2)):
        assert found[name] == times
    assert idle(two_banks) == COMPARING  # firms here ask one bank, and do not mind waiting
    assert set(two_banks.medians[:-1]) == {0.0, 1.0, 2.0}


def test_phases_of_comparing_quotes_are_timed(ticking: None) -> None:
    found, _ = profile(small("competing_quotes.yaml"), [1])
    assert idle(found) == set()


def test_the_parts_add_up_to_the_month(two_banks: Profile) -> None:
    """With c calls the clock is looked at 2c + 2 times, so 2c + 1 seconds pass in a month."""
    calls = two_banks.seconds[:, :-1].sum(axis=1)
    np.testing.assert_array_equal(two_banks.seconds.sum(axis=1), 2 * calls + 1)
    assert two_banks.total == 2 * calls[0] + 1
    assert two_banks.seconds.shape == (SIZE["horizon"], len(two_banks.phases) + 1)


@pytest.mark.parametrize("check", [True, False])
def test_a_profiled_run_comes_out_the_same(check: bool) -> None:
    scenario = small("two_banks.yaml")
    _, found = profile(scenario, [3, 4], check)
    wanted = simulate(scenario, seeds=[3, 4], check=check)
    for table in ("months", "summary", "vintages"):
        pd.testing.assert_frame_equal(
            getattr(found, table), getattr(wanted, table), check_exact=True
        )


def test_a_run_after_it_is_not_watched(two_banks: Profile) -> None:
    before = two_banks.seconds.copy()
    simulate(small("two_banks.yaml"), 1)
    np.testing.assert_array_equal(two_banks.seconds, before)
    for name in ("post", "macro", "quotes"):
        assert inspect.ismodule(vars(month_module)[name])


def test_without_the_books_check_its_phases_cost_nothing(ticking: None) -> None:
    found, _ = profile(small("baseline.yaml"), [1], check=False)
    spent = {p.call: s for p, s in zip(found.phases, found.medians[:-1], strict=True)}
    assert spent["balance.opening"] == spent["balance.check"] == 0
    assert spent["post.balance_sheet"] == 1


def test_a_horizon_without_a_median_is_refused() -> None:
    scenario = load_scenario(SCENARIOS / "baseline.yaml", set={"horizon": 2})
    with pytest.raises(RequestError, match="3 months or more, not 2"):
        profile(scenario, [1])
