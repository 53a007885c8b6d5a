"""Internal audit opens files that were decided: nobody learns from none, and little from one."""

from __future__ import annotations

import numpy as np

from sim.model import team
from sim.model.simulation import Simulation
from sim.state import teams
from tests.model.worlds import advanced, scenario

CULTURE, AUDIT, EFFECT, FILES, LAG = 0.3, 0.8, 1.25, 24.0, 18.0
LEFT_OUT = 1.0 - (0.3 + 0.75 * CULTURE)  # of the steps, in the first month


def one_month(need: float) -> Simulation:
    """Return a market after its first month."""
    staffing = {"kind": "officers", "culture": CULTURE, "audit": AUDIT}
    firms = {"count": 150, "demand": {"need_monthly": need}}
    world = scenario({"staffing": staffing}, firms=firms, burn_in={"months": 0}, horizon=2)
    return advanced(Simulation(world, [1, 2, 3]), 1)


def culture(need: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the files decided in month 1 over a usual month's, and culture after it, by seed."""
    simulation = one_month(need)
    market, mine = simulation.market, simulation.market.books_at(0)
    decided = simulation.recorder.column("decided")[-1][mine]
    return decided / (FILES * teams.full_time(market, 0)), market.books.culture[mine]


def test_an_audit_changes_nobody_where_no_file_was_decided() -> None:
    files, after = culture(0.0)
    assert (files == 0).all()
    np.testing.assert_allclose(after, CULTURE)


def test_an_audit_raises_risk_culture_by_what_was_left_out_in_the_files_that_it_opens() -> None:
    files, after = culture(0.1)
    assert (files > 0).all()
    np.testing.assert_allclose(after, CULTURE + EFFECT * AUDIT * files * LEFT_OUT / LAG)


def test_an_audit_of_one_file_changes_as_much_less_as_there_are_fewer() -> None:
    simulation = one_month(0.6)
    market, bank = simulation.market, next(iter(simulation.banks_in(1)))
    decided = market.tables.ledger.decided
    aims = []
    for number in (0.0, 1.0, 40.0):
        decided[market.books_at(0)] = number
        aims.append(bank.policy.staffing.culture_aim(team.left_out(bank, market)) - CULTURE)
    none, one, many = aims
    np.testing.assert_array_equal(none, 0.0)
    np.testing.assert_allclose(many, np.minimum(40.0 * one, 1.0 - CULTURE))
    assert (one < 0.1 * EFFECT * AUDIT * LEFT_OUT).all()
