"""Internal audit opens files that were decided; where none was, nobody learns from it."""

from __future__ import annotations

import numpy as np

from sim.model.simulation import Simulation
from tests.model.worlds import advanced, scenario

CULTURE, AUDIT, EFFECT, LAG = 0.3, 0.8, 1.25, 18.0
LEFT_OUT = 1.0 - (0.3 + 0.75 * CULTURE)  # of the steps, in the first month


def culture(need: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the files decided in the first month, and risk culture after it, by seed."""
    staffing = {"kind": "officers", "culture": CULTURE, "audit": AUDIT}
    firms = {"count": 150, "demand": {"need_monthly": need}}
    world = scenario({"staffing": staffing}, firms=firms, burn_in={"months": 0}, horizon=2)
    simulation = advanced(Simulation(world, [1, 2, 3]), 1)
    market, mine = simulation.market, simulation.market.books_at(0)
    return simulation.recorder.column("decided")[-1][mine], market.books.culture[mine]


def test_an_audit_changes_nobody_where_no_file_was_decided() -> None:
    decided, after = culture(0.0)
    assert (decided == 0).all()
    np.testing.assert_allclose(after, CULTURE)


def test_an_audit_of_files_raises_risk_culture_by_what_was_left_out() -> None:
    decided, after = culture(0.6)
    assert (decided > 0).all()
    np.testing.assert_allclose(after, CULTURE + EFFECT * AUDIT * LEFT_OUT / LAG)
