"""A borrower that never pays: when it is late, of which class, in default and written off."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.simulation import Simulation
from tests.model.worlds import advanced, scenario

# firms lose a twelfth of a year's turnover each month and hold nothing else than a small loan
BROKE = {
    "count": 200,
    "margin": -1.0,
    "volatility": 0.0,
    "starting_buffer": 0.0,
    "informal_access": 0.0,
    "entry": True,
    "temptation": {"omega": 0.0},
    "demand": {"need_monthly": 0.2, "amount_cap": 0.05},
    "projects": {"invested": 0.0},
    "take_up": {"short_premium": 1.0, "rival_available": 0.0, "walk_away_daily": 0.0},
}
BANK = {
    "approval": {"kind": "all"},
    "screening": {"kind": "none"},
    "pricing": {"kind": "flat", "fixed": 0.12},
    "products": {"kind": "instalment"},
    "monitoring": {"kind": "none"},
    "staffing": {"kind": "none"},
    "workout": {"kind": "write_off", "months": 12},
    "provisioning": {"kind": "five_class", "coverage_min": 0.0},
    "capital": {"kind": "standardised", "minimum": 0.0},
}
NORMAL, SPECIAL, SUBSTANDARD, DOUBTFUL, LOSS = range(5)
SLOW = {"resolution": {"mean_months": 119.0}}  # collection takes long, so write-off comes first


def class_of(missed: int) -> int:
    """Return the class after so many missed instalments of 30 days, by the regulator's table."""
    days = 30 * missed
    if days == 0:
        return NORMAL
    if days <= 90:
        return SPECIAL
    if days <= 270:
        return SUBSTANDARD
    return DOUBTFUL if days <= 360 else LOSS


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return Simulation(
        scenario(BANK, firms=BROKE, economy=SLOW, horizon=30, burn_in={"months": 1}), [6]
    )


def test_the_life_of_a_loan_that_is_never_paid(simulation: Simulation) -> None:
    market = simulation.market
    seen: set[int] = set()
    for month in range(1, 31):
        advanced(simulation, month)
        loans, rows = market.loans, market.live
        missed = month - loans.granted[rows]
        late = missed > 0
        # a loan granted this month has nothing due yet
        np.testing.assert_array_equal(loans.dpd[rows], 30 * missed)
        np.testing.assert_array_equal(loans.grade[rows][late], [class_of(k) for k in missed[late]])
        # default: the first time more than 90 days past due, so at the fourth missed instalment
        np.testing.assert_array_equal(loans.defaulted[rows], missed >= 4)
        defaulted = rows[missed >= 4]
        np.testing.assert_array_equal(loans.default_month[defaulted], loans.granted[defaulted] + 4)
        np.testing.assert_array_equal(loans.balance[rows], loans.principal[rows])
        monthly = loans.principal[rows] * 0.12 / 12
        owed = loans.accrued[rows] + loans.suspended[rows]
        np.testing.assert_allclose(owed, missed * monthly, rtol=1e-12, atol=1e-9)
        # interest on a bad loan is no income: none stands as receivable
        np.testing.assert_allclose(
            loans.accrued[rows], np.where(missed >= 4, 0.0, missed * monthly), rtol=1e-12
        )
        seen |= set(missed.tolist())
    # bad from the fourth to the fifteenth missed instalment: after twelve months it leaves the book
    assert seen == set(range(16))


def test_the_ledger_counts_what_the_loans_show(simulation: Simulation) -> None:
    advanced(simulation, 30)
    record = simulation.recorder
    by_class = np.stack(
        [record.column(f"gross_{name}")[:, 0]
         for name in ("normal", "special", "substandard", "doubtful", "loss")]
    )  # fmt: skip
    np.testing.assert_allclose(by_class.sum(axis=0), record.column("gross_loans")[:, 0], rtol=1e-9)
    np.testing.assert_allclose(by_class[2:].sum(axis=0), record.column("npl")[:, 0], rtol=1e-9)
    # the regulator's schedule: 1, 2, 25, 50 and 100 % of each class
    np.testing.assert_allclose(
        record.column("provisions")[:, 0],
        np.array([0.01, 0.02, 0.25, 0.50, 1.00]) @ by_class,
        rtol=1e-9,
    )
    assert record.column("defaults").sum() > 50
    assert record.column("written_off").sum() > 0
    assert record.column("paid_by_firms").sum() == 0.0
    assert record.column("interest_received").sum() == 0.0
