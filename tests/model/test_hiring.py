"""Who may not lend seeks no applicants and hires nobody; whoever may is as without the rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.model.branch import branch
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state import teams
from tests.model.worlds import advanced, differing, scenario

MONTHS = 30
SEEDS = [1, 2, 3, 4]
TEAM = {
    "kind": "officers", "clients_per_officer": 20.0, "part_time": True, "follows_plan": True,
}  # fmt: skip
FIRMS = {
    "count": 300, "volatility": 0.2, "demand": {"need_monthly": 0.1}, "prospects": {"respond": True}
}  # fmt: skip
RULE = {"kind": "standardised", "minimum": 0.0, "target": 0.0, "backed": True}
PLANNED = 300 * 0.25 / 20.0 * 1.6 ** (np.arange(1, MONTHS + 1) / 12.0)  # officers


def world(tolerance: float, marketing: float = 0.0, growth: float = 0.6, **rule: Any) -> Scenario:
    """Return a branch that lends to all, plans to grow, and is barred above a `tolerance`."""
    bank = {
        "approval": {"kind": "all"}, "growth_target": growth,
        "staffing": TEAM | {"marketing_cost": marketing},
        "capital": RULE | {"npl_tolerance": tolerance} | rule,
    }  # fmt: skip
    return scenario(bank, firms=FIRMS, horizon=MONTHS)


def own(simulation: Simulation, name: str) -> Floats:
    """Return a column of the ledger of the bank itself, (months, seeds)."""
    return simulation.recorder.column(name)[:, :: simulation.market.lenders]


@pytest.fixture(scope="module")
def barred_in_part() -> Simulation:
    simulation = advanced(Simulation(world(0.10), SEEDS), MONTHS)
    share = own(simulation, "barred").mean()
    assert 0.0 < share < 1.0, "some branches in some months"
    return simulation


def test_a_barred_branch_spends_nothing_on_marketing(barred_in_part: Simulation) -> None:
    paid = advanced(Simulation(world(0.10, 1000.0), SEEDS), MONTHS)
    barred = own(paid, "barred")
    np.testing.assert_array_equal(barred, own(barred_in_part, "barred"))
    spent = (own(paid, "fixed_cost") - own(barred_in_part, "fixed_cost"))[1:]
    assert np.abs(spent[barred[:-1] == 1.0]).max() == 0.0
    assert spent[barred[:-1] == 0.0].mean() > 1000.0


def test_those_come_to_it_who_come_unasked(barred_in_part: Simulation) -> None:
    barred, came = (own(barred_in_part, name) for name in ("barred", "applications"))
    free = advanced(Simulation(world(1.0), SEEDS), MONTHS)
    usual = 0.1 * 300 * 0.4 * 1.25  # a month: firms in need, at a reach of b_0, in high season
    unasked = came[1:][barred[:-1] == 1.0]
    assert 0.0 < unasked.mean() < usual
    assert own(free, "applications")[1:].mean() > 1.5 * unasked.mean()


def test_a_barred_branch_hires_nobody_and_catches_up(barred_in_part: Simulation) -> None:
    officers = own(barred_in_part, "salaries") / 15_000.0
    barred = own(barred_in_part, "barred")
    for run in range(len(SEEDS)):
        for month in range(1, MONTHS):
            there = officers[month - 1, run] if barred[month - 1, run] else PLANNED[month]
            assert officers[month, run] == pytest.approx(there), (month, run)
    back = (barred[:-2] == 1.0) & (barred[1:-1] == 0.0)
    assert back.any(), "no branch got its authority back"


def test_its_seats_do_not_grow(barred_in_part: Simulation) -> None:
    market = barred_in_part.market
    active = market.officers.active[market.officers_at(0)].reshape(len(SEEDS), -1).sum(axis=1)
    paid = own(barred_in_part, "salaries")[-1] / 15_000.0
    np.testing.assert_array_equal(active, np.ceil(paid - 1e-9))
    np.testing.assert_allclose(teams.full_time(market, 0), paid)


def test_a_branch_that_is_never_barred_is_as_without_the_rule(barred_in_part: Simulation) -> None:
    free = advanced(Simulation(world(1.0), SEEDS), MONTHS)
    worst = (own(free, "npl") / np.maximum(own(free, "gross_loans"), 1.0)).max(axis=0)
    tolerance = float(np.sort(worst)[1:3].mean())  # two branches stay within it in these months
    bound = Simulation(world(tolerance), SEEDS)
    advanced(bound, MONTHS)
    never = np.flatnonzero(own(bound, "barred").sum(axis=0) == 0.0)
    assert 0 < never.size < len(SEEDS)
    for run in never:
        assert differing(free.market, int(run), bound.market, int(run)) == []


def test_a_plan_that_shrinks_sends_people_away_all_the_same() -> None:
    simulation = advanced(Simulation(world(0.0, growth=-0.5), SEEDS), MONTHS)
    assert own(simulation, "barred").mean() > 0.5
    planned = 300 * 0.25 / 20.0 * 0.5 ** (MONTHS / 12.0)
    np.testing.assert_allclose(own(simulation, "salaries")[-1] / 15_000.0, planned)


def test_a_failed_bank_hires_nobody() -> None:
    settings = world(1.0, legal_entity=True, backed=False, young_months=0)
    settings = settings.with_({"economy.macro.shift": -4.0})
    simulation = advanced(Simulation(settings, SEEDS), MONTHS)
    failed, officers = own(simulation, "failed"), own(simulation, "salaries") / 15_000.0
    assert failed[-1].any()
    stays = failed[:-1] == 1.0
    np.testing.assert_array_equal(officers[1:][stays], officers[:-1][stays])


@pytest.mark.parametrize("when", [4, 12, 20])
def test_it_goes_on_from_any_month_alone_or_beside_others(
    when: int, barred_in_part: Simulation
) -> None:
    part = advanced(branch(advanced(Simulation(world(0.10), SEEDS), when).checkpoint()), MONTHS)
    for run in range(len(SEEDS)):
        assert differing(barred_in_part.market, run, part.market, run) == []
    alone = advanced(Simulation(world(0.10), SEEDS[-1:]), MONTHS)
    assert differing(barred_in_part.market, len(SEEDS) - 1, alone.market, 0) == []
