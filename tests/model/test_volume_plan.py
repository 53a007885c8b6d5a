"""A bank plans its lending all the time: it keeps what is usual before month 1, then it grows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.model import volume_plan
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.choices import Reached
from tests.model.worlds import advanced, scenario

SEEDS = [1, 2, 3]
YOUNG = 18  # months


def world(growth: float = 0.0, months: int = 48, young: int = YOUNG) -> Scenario:
    """Return a bank that is young for some of the months of its burn-in."""
    capital = {"kind": "standardised", "young_months": young}
    bank: dict[str, Any] = {"growth_target": growth, "capital": capital}
    people = {"count": 200, "prospects": {"respond": True}, "demand": {"need_monthly": 0.15}}
    return scenario(bank, burn_in={"months": months}, firms=people)


def followed(settings: Scenario, until: int) -> tuple[Simulation, dict[int, Reached], Floats]:
    """Return a simulation, the reach of its bank by month, and loans at each month's end."""
    simulation, reached, loans = Simulation(settings, SEEDS), {}, []

    def observe(step: Any, fact: object) -> None:
        if isinstance(fact, Reached):
            reached[simulation.market.month] = fact

    simulation.observer = observe
    with np.errstate(invalid="ignore", divide="ignore"):
        while simulation.month < until:
            simulation.advance()
            loans.append(simulation.market.books.gross_loans[simulation.market.books_at(0)].copy())
    return simulation, reached, np.array(loans)


def base(simulation: Simulation) -> Floats:
    return simulation.market.books.volume_base[simulation.market.books_at(0)]


def test_the_plan_is_the_mean_of_the_book_since_the_bank_was_young() -> None:
    simulation, _, loans = followed(world(), 1)
    np.testing.assert_allclose(base(simulation), loans[YOUNG:-1].mean(axis=0))
    target = volume_plan.target_volume(simulation.after.banks[0], simulation.market)
    np.testing.assert_array_equal(target, base(simulation))
    before = base(simulation).copy()
    np.testing.assert_array_equal(base(advanced(simulation, 8)), before)


@pytest.mark.parametrize(("months", "young"), [(12, 36), (48, 37)])
def test_without_a_year_of_it_the_plan_starts_from_the_loans_of_month_one(
    months: int, young: int
) -> None:
    simulation, reached, loans = followed(world(months=months, young=young), 1)
    np.testing.assert_array_equal(base(simulation), loans[-2])
    assert all((one.bought == 0.0).all() for month, one in reached.items() if month < 1)


def test_a_bank_keeps_to_its_plan_before_month_one() -> None:
    _, reached, _ = followed(world(), 0)
    first = -47 + YOUNG + volume_plan.YEAR  # it has seen a year of the book that it plans
    assert all((one.bought == 0.0).all() for month, one in reached.items() if month < first)
    assert all((reached[month].bought > 0.0).any() for month in (first + 1, first + 2))


def test_a_growth_target_acts_from_month_one_and_none_is_no_plan() -> None:
    holds, grows = (advanced(Simulation(world(growth), SEEDS), 0).market for growth in (0.0, 0.5))
    np.testing.assert_array_equal(holds.books.gross_loans, grows.books.gross_loans)
    simulation, reached, _ = followed(world(-1.0), 6)
    assert all((one.bought == 0.0).all() for one in reached.values())
    bank = simulation.after.banks[0]
    np.testing.assert_array_equal(volume_plan.target_volume(bank, simulation.market), 0.0)


def test_a_bank_that_keeps_its_book_searches_about_as_usual() -> None:
    """It buys no search for ever, though part of its loans is repaid before it lends anew."""
    simulation, reached, loans = followed(world(), 12)
    mean = np.mean([one.reach[0] for month, one in reached.items() if month >= 1])
    assert 0.8 < mean < 1.25
    np.testing.assert_allclose(loans[-12:].mean(axis=0), base(simulation), rtol=0.15)
