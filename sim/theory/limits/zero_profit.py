"""Zero-profit rates on production loans and books, by what a failed firm leaves.

Mapping: one period is a loan of three months whose firm has no cash until its end.  Then it can
pay all, or it has failed with chance PD (its honesty u < PD).  Recovery on principal: it pays
nothing and its loan is sold, two months later, at `(1-LGD)(1+f_m)^2`.  Recovery on the claim: it
pays 1 - LGD of all that it owes, including interest, and the rest is written off.  f is three
months' funding cost with compound interest, since the books pay it monthly.  The zero-profit rate
is the rate charged less the profit that the books made on it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.core.arrays import Floats
from sim.theory import zero_profit
from sim.theory.bench.cohort import TO_SALE, annual, draws_at_birth, lend_once, sold_at
from sim.theory.bench.estimate import Measured, ratio
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but funding, limited liability, arrears of one period, and a sale or a write-off"
PRODUCTION = (
    "sim.mechanisms.repayment.repay",
    "sim.state.post.profit.month_result",
    "sim.state.post.defaulting.workout",
)
CASE = dict(zero_profit.EXAMPLES[0].parameters)
RUNS, FIRMS = 100, 500
WAITING = TO_SALE - 2  # months from maturity: two instalments were missed before
RECOVERIES = ("on_principal", "on_claim")


def answers(case: Mapping[str, float]) -> Answer:
    """Return the zero-profit rate of the period under each recovery."""
    rates = zero_profit.closed_form(**case)
    return {name_of(recovery): rates[recovery] for recovery in RECOVERIES}


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the rate at which the books would have made no profit."""
    return {
        name_of(recovery): unprofitable((seed, number), case, recovery)
        for number, recovery in enumerate(RECOVERIES)
    }


def name_of(recovery: str) -> str:
    """Return the name of the quantity."""
    return f"zero-profit rate, recovery {recovery.replace('_', ' ')}"


def unprofitable(seed: tuple[int, int], case: Mapping[str, float], recovery: str) -> Measured:
    """Return the rate charged less the profit made on it, over the share that was repaid."""
    rate = zero_profit.closed_form(**case)[recovery]
    profit, repaid = lend_at(rate, seed, case, recovery)
    made = ratio(profit, repaid)
    return Measured(rate - made.value, made.standard_error)


def lend_at(
    rate: float, seed: tuple[int, int], case: Mapping[str, float], recovery: str
) -> tuple[Floats, Floats]:
    """Return profit per CNY lent, at maturity, and the share of the claim repaid; both (runs,)."""
    monthly = (1.0 + case["funding_rate"]) ** (1.0 / 3.0) - 1.0
    kept = 1.0 - case["lgd"]
    sale = sold_at(kept * (1.0 + monthly) ** WAITING)
    trial = Trial(
        {
            "firms.count": FIRMS,
            "economy.funding_rate": 12.0 * monthly,
            "banks.main.pricing.fixed": float(annual(1.0 + rate)),
            **(sale if recovery == "on_principal" else {}),
        },
        seed,
        RUNS,
    )
    rows = lend_once(trial)
    lent = trial.market.loans.principal[rows].copy()
    trial.set("firms", "cash", rows, 0.0)
    trial.run_months(2)
    failed = draws_at_birth(trial, rows) < case["pd"]
    left = kept * (1.0 + rate) * lent if recovery == "on_claim" else 0.0
    trial.set("firms", "cash", rows, np.where(failed, left, 2.0 * lent))
    trial.run_months(1 + TO_SALE)
    profit = trial.present_value("profit_before_tax", 12.0 * monthly)
    disbursed = trial.total("disbursed")
    return (
        profit * (1.0 + case["funding_rate"]) / disbursed,
        trial.total("paid_by_firms") / ((1.0 + rate) * disbursed),
    )
