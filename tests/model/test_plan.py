"""The month is data: it can be listed, observed, timed and added to, and a run follows it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.core.columns import Schema, column
from sim.core.distributions import Uniform
from sim.core.errors import RequestError
from sim.core.sight import Sight
from sim.model import month
from sim.model.plan import Plan, Step, for_later
from sim.model.plan_edits import described, map_steps, own_tables, steps_of, with_step
from sim.model.profile import Clock
from sim.model.simulation import Simulation
from sim.state.firms import FIRMS
from sim.state.month import Month
from sim.state.posting import Written, posting
from tests.model.worlds import scenario


class Taxes(NamedTuple):
    """What each firm paid."""

    zeal: Floats = column("f8", "share", "how readily the firm pays", Sight.HIDDEN, Uniform())
    paid: Floats = column("f8", "CNY", "levies paid so far", Sight.FILE)


TAXES = Schema(Taxes, over="Firms")


class Levy(NamedTuple):
    """A levy on every firm's cash."""

    due: np.ndarray  # (slots,) CNY


def find_levy(month: Month) -> Levy:
    """Compute a levy of a hundredth of what firms hold, by their zeal."""
    cash = np.maximum(month.market.firms.cash, 0.0)
    return Levy(0.01 * cash * month.market.table(TAXES).zeal)


@posting(writes=(TAXES,))
def note_levy(to: Written, levy: Levy) -> None:
    """Note the levy."""
    to.table(TAXES).paid[:] += levy.due


@posting(writes=(TAXES,))
def take_levy(to: Written, levy: Levy) -> None:
    """Take the levy from a table that the posting does not name."""
    to.table(FIRMS).cash[:] -= levy.due


def run(plan: Plan, months: int = 8) -> Simulation:
    world = scenario({}, firms={"count": 60}, horizon=months)
    return Simulation(world, [3], plan=plan).run()


def test_names_are_unique_and_every_step_is_explained() -> None:
    steps = described(month.PLAN)
    names = [one.name for one in steps]
    assert len(set(names)) == len(names)
    for one in steps:
        assert " " in one.does, one
        assert one.rule.startswith("sim.")


def test_an_observer_gets_each_step_with_the_fact_that_it_posted() -> None:
    seen: list[tuple[str, str]] = []
    simulation = Simulation(scenario({}, firms={"count": 60}, horizon=2), [3])
    simulation.observer = lambda step, fact: seen.append((step.name, type(fact).__name__))
    simulation.advance()
    order = [step.name for _, _, step in steps_of(month.PLAN)]
    places = [order.index(name) for name, _ in seen]
    assert places == sorted(places)
    assert ("earnings", "Earned") in seen
    assert ("decisions", "Decided") in seen


def test_a_step_of_ones_own_has_its_own_table_and_changes_nothing_else() -> None:
    step = Step("levy", find_levy, note_levy)
    plan = with_step(month.PLAN, step, after="earnings")
    names = [one.name for _, _, one in steps_of(plan)]
    assert names.index("levy") == names.index("earnings") + 1
    assert TAXES in own_tables(plan)
    timed = map_steps(plan, Clock().timed)
    assert own_tables(timed) == own_tables(plan)
    with_levy, without = run(plan), run(month.PLAN)
    taxes = with_levy.market.table(TAXES)
    assert (taxes.paid > 0.0).mean() > 0.5
    assert np.unique(taxes.zeal).size > 50  # drawn at birth, by the firm's key
    np.testing.assert_array_equal(with_levy.market.firms.cash, without.market.firms.cash)


def test_its_columns_begin_anew_with_a_new_firm() -> None:
    plan = with_step(month.PLAN, Step("levy", find_levy, note_levy), before="entry and exit")
    market = run(plan, 24).market
    replaced = market.firms.generation > 0
    assert replaced.any()
    paid = market.table(TAXES).paid
    assert paid[replaced].mean() < paid[~replaced].mean()


def test_a_posting_reaches_no_table_that_it_does_not_name() -> None:
    plan = with_step(month.PLAN, Step("levy", find_levy, take_levy), after="earnings")
    with pytest.raises(RequestError, match="writes Taxes; to write Firms, name it in writes="):
        run(plan, 1)


def test_the_read_side_of_an_own_table_cannot_be_written() -> None:
    plan = with_step(month.PLAN, Step("levy", find_levy, note_levy), after="earnings")
    with pytest.raises(ValueError, match="read-only"):
        run(plan, 1).market.table(TAXES).paid[0] = 1.0


def test_a_rule_that_finds_nothing_posts_nothing() -> None:
    posted: list[Any] = []

    def nothing(month: Month) -> None:
        """Find nothing."""

    step = Step("nothing", nothing, lambda market, fact: posted.append(fact))
    run(with_step(month.PLAN, step, after="economy"), 2)
    assert posted == []


def test_a_step_within_a_group_runs_for_each_bank() -> None:
    lenders: list[int] = []

    def whose(month: Any) -> int:
        """Return whose turn it is."""
        return int(month.bank.lender)

    def note(market: Any, lender: int) -> None:
        lenders.append(lender)

    plan = with_step(month.PLAN, Step("whose turn", whose, note), after="actions")
    run(plan, 1)
    assert set(lenders) == {0}


def test_a_place_that_is_not_in_the_plan_is_refused() -> None:
    with pytest.raises(RequestError, match=r"no step 'earning'.*did you mean 'earnings'"):
        with_step(month.PLAN, Step("levy", find_levy, for_later), after="earning")
