"""The chain over missed instalments, followed by production loans.

Loans owe interest for three years and the principal at their end.  Each month every firm's shock is
drawn again: it can pay all that it owes, or nothing, with a chance that depends on how many
instalments it is behind.  A bank that visits a share of loans each month, and finds every visit
alarming, calls those that have just paid and are not late; they repay in full.  So a loan k
instalments behind misses one more with `roll[k]`, is repaid with `(1-roll[k]) v` and otherwise is
current; v is the share visited.  After the three years about one loan in 100,000 is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.theory import arrears
from sim.theory.bench.cohort import ALL_OR_NOTHING, lend_once, stake
from sim.theory.bench.estimate import Measured, mean, share
from sim.theory.bench.frictionless import care
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but instalments, arrears, visits, and calls on loans that are not late"
PRODUCTION = (
    "sim.mechanisms.repayment.repay",
    "sim.mechanisms.repayment.post_instalments",
    "sim.state.post.classing.classes",
    "sim.model.care.act",
    "sim.mechanisms.acting.paid_on_demand",
)
ROLL, VISITED = np.array([0.2, 0.5, 0.6, 0.7]), 0.3
CASE = {
    "roll": ROLL,
    "cure": np.array([0.0, 1.0, 1.0, 1.0]) * (1.0 - ROLL) * (1.0 - VISITED),
    "repay": (1.0 - ROLL) * VISITED,
}
FIRMS, TERM = 20_000, 36
ALARMED = 1.0 - 1e-9  # chance that a visit alarms


def answers(case: Mapping[str, Any]) -> Answer:
    """Return the chance that a current loan defaults, and how long it is current."""
    chain = arrears.closed_form(**case)
    return {
        "share of loans that default": chain["default"],
        "months that a loan is current": chain["months_current"],
    }


def simulated(seed: int, case: Mapping[str, Any]) -> dict[str, Measured]:
    """Return the same from loans simulated until all have ended."""
    roll = np.asarray(case["roll"])
    visited = float(case["repay"][0] / (1.0 - roll[0]))
    trial = Trial(
        {
            "firms.count": FIRMS,
            "firms.demand.tenor_shares": [0, 0, 0, 0, 1],
            "banks.main.products.bullet_up_to": TERM,
            "banks.main.monitoring": care(visited, false_alarms=ALARMED, response_lag=0, call=True),
        },
        seed,
    )
    rows, market = lend_once(trial), trial.market
    loans = market.loans
    trial.set("firms", "volatility", rows, ALL_OR_NOTHING)
    current = np.zeros(rows.size)
    for _ in range(TERM - 1):
        running = rows[(loans.balance[rows] > 0.0) & ~loans.defaulted[rows]]
        behind = np.rint(loans.behind[running]).astype(int)
        current[np.searchsorted(rows, running[behind == 0])] += 1.0
        stake(trial, running, 1.0 - roll[behind])
        trial.run_months()
    return {
        "share of loans that default": share(loans.defaulted[rows].sum(), rows.size),
        "months that a loan is current": mean(current),
    }
