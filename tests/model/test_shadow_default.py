"""A shadow loan defaults when a loan does: with the fourth month missed, whatever its amounts."""

from __future__ import annotations

import numpy as np

from sim.core.table import Table
from sim.credit.schedule import due_rules
from sim.state.firms import FIRMS
from sim.state.shadows import SHADOWS
from sim.world.shadow import all_shadows

FIRST, LOANS = 1, 2000


def test_who_pays_nothing_defaults_in_the_fourth_month() -> None:
    rng = np.random.default_rng(3)
    firms, shadows = Table(FIRMS, LOANS), Table(SHADOWS, LOANS)
    table, rows = shadows.write, np.arange(LOANS)
    table.begun[:] = FIRST - 1
    table.balance[:] = rng.lognormal(13.0, 1.0, LOANS)
    table.rate[:] = rng.uniform(0.04, 0.12, LOANS)
    table.instalment[:] = table.balance / rng.integers(6, 36, LOANS)
    table.remaining[:] = 24
    nothing, peaks = np.full(LOANS, -1e9), np.zeros(5)
    rules = due_rules(0.05, 0.5)
    for month in range(FIRST, FIRST + 4):
        cash, balance, overdue, behind, defaulted, ended = all_shadows(
            rows, shadows.read, firms.read, nothing, 3.0, peaks, month, 60, rules
        )
        missed = month - FIRST + 1
        np.testing.assert_allclose(behind, missed, rtol=1e-12)
        assert (defaulted == (missed == 4)).all()
        assert (ended == defaulted).all()
        table.cash[:], table.balance[:], table.overdue[:] = cash, balance, overdue
        table.behind[:] = behind
        table.remaining[:] -= 1


def test_what_is_overdue_bears_the_penalty_as_on_a_loan() -> None:
    firms, shadows = Table(FIRMS, 1), Table(SHADOWS, 1)
    table = shadows.write
    table.balance[:], table.overdue[:], table.rate[:] = 1_000.0, 300.0, 0.12
    table.remaining[:], table.instalment[:] = 12, 100.0
    given = (np.arange(1), shadows.read, firms.read, np.full(1, -1e9), 3.0, np.zeros(5), FIRST, 60)
    owed = [all_shadows(*given, due_rules(0.05, 0.5), penalty)[1][0] for penalty in (1.0, 1.5)]
    np.testing.assert_allclose(owed, [1_010.0, 1_011.5], rtol=1e-6)
