"""A profile times every call of the month, and changes nothing of what comes out."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.model import month
from sim.model.plan_edits import steps_of
from sim.model.profile import Profile, profile
from sim.model.simulate import simulate
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SIZE = {"firms.count": 200, "horizon": 5, "burn_in.months": 6}


def small(name: str) -> Scenario:
    return load_scenario(SCENARIOS / name, set=SIZE)


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock go on by a second each time that somebody looks at it, and only then."""
    ticks = itertools.count()
    monkeypatch.setattr("sim.model.profile.time.perf_counter", lambda: float(next(ticks)))


@pytest.fixture
def two_banks(ticking: None) -> Profile:
    return profile(small("two_banks.yaml"), [1])[0]


def test_every_step_of_the_plan_is_a_phase_in_its_order(two_banks: Profile) -> None:
    steps = list(steps_of(month.PLAN))
    assert [(one.heading, one.step) for one in two_banks.phases] == [
        (heading, step.name) for heading, _, step in steps
    ]
    assert len(steps) > 25


def test_phases_are_explained_in_a_sentence(two_banks: Profile) -> None:
    for phase in two_banks.phases:
        assert " " in phase.does, phase
        assert len(phase.does) < 110, phase


def test_the_clock_counts_each_call_once(two_banks: Profile) -> None:
    """One look before a rule or a posting and one after it: as many seconds as calls."""
    names = [phase.step for phase in two_banks.phases]
    found = dict(zip(names, two_banks.medians[:-1], strict=True))
    # a rule and its posting, for each of two banks where a step runs bank by bank
    for name, times in (("economy", 2), ("looks at loans", 4), ("staff", 4), ("book check", 1)):
        assert found[name] == times
    # firms here ask one bank and do not mind waiting: these rules find nothing to post
    for name, times in (("cost of waiting", 1), ("answers awaited", 1), ("offers of others", 2)):
        assert found[name] == times


def test_where_firms_compare_quotes_the_steps_of_that_are_posted(ticking: None) -> None:
    found, _ = profile(small("competing_quotes.yaml"), [1])
    spent = {p.step: s for p, s in zip(found.phases, found.medians[:-1], strict=True)}
    assert spent["cost of waiting"] == spent["answers awaited"] == 2


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


def test_a_run_after_it_is_not_timed(two_banks: Profile) -> None:
    before = two_banks.seconds.copy()
    simulate(small("two_banks.yaml"), 1)
    np.testing.assert_array_equal(two_banks.seconds, before)


def test_without_the_books_check_its_steps_post_nothing(ticking: None) -> None:
    found, _ = profile(small("baseline.yaml"), [1], check=False)
    spent = {p.step: s for p, s in zip(found.phases, found.medians[:-1], strict=True)}
    assert spent["opening balances"] == spent["book check"] == 1
    assert spent["balance sheet"] == 2


def test_a_horizon_without_a_median_is_refused() -> None:
    scenario = load_scenario(SCENARIOS / "baseline.yaml", set={"horizon": 2})
    with pytest.raises(RequestError, match="3 months or more, not 2"):
        profile(scenario, [1])
