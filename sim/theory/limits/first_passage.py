"""Running out of cash month by month, by production firms.

Mapping: buffer x, drift mu and volatility s are shares of turnover: cash at entry in months of
costs, the margin, and the cash flow's volatility, all parameters of the scenario; nothing is set by
hand.  Firms neither borrow nor pay out.  They are observed at each month's end, so the answer is
`observed`, with twelve `looks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.theory import first_passage
from sim.theory.bench.estimate import Measured, share
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but the firms' own margin and shocks; no firm borrows or pays its owner"
PRODUCTION = (
    "sim.mechanisms.earnings.earn",
    "sim.mechanisms.earnings.post_earnings",
    "sim.world.treasury.settle",
)
CASE = dict(first_passage.EXAMPLES[0].parameters)
CLOSED_FORM_ONLY = {
    "chance of touching zero at any moment": "the model has monthly steps, no continuous time",
}
FIRMS = 200_000


def answers(case: Mapping[str, Any]) -> Answer:
    """Return the chance of being below zero at one month's end, and of ever touching it."""
    chance = first_passage.closed_form(**case)
    return {
        "chance of being out of cash at a month's end": chance["observed"],
        "chance of touching zero at any moment": chance["continuous"],
    }


def simulated(seed: int, case: Mapping[str, Any]) -> dict[str, Measured]:
    """Return the share of production firms that were out of cash at some month's end."""
    costs = (1.0 - case["drift"]) / 12.0  # of turnover, each month
    trial = Trial(
        {
            "firms.count": FIRMS,
            "firms.margin": case["drift"],
            "firms.volatility": case["volatility"],
            "firms.starting_buffer": case["buffer"] / costs,
            "firms.demand.need_monthly": 0,
        },
        seed,
    )
    out = np.zeros(FIRMS, bool)
    for _ in range(round(12 * case["years"])):
        trial.run_months()
        out |= trial.market.firms.cash < 0.0
    return {"chance of being out of cash at a month's end": share(out.sum(), FIRMS)}
