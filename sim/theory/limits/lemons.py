"""Akerlof's unravelling on production take-up, projects and repayment, round by round.

Mapping as in `credit_rationing`: a firm's chance of success is `p = a + (b-a) u`, u its honesty,
and its reservation rate is set so that it accepts up to `R = k(1+f)/p`.  In each round a new
market faces a bank that charges all firms `(1+f)/s`, s being the share of loans repaid in the round
before, according to its own books; in the first round it assumes that every firm stays.  After 16
rounds `(k/2)^16` of the distance is left, 7e-5 of the edge.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.core.arrays import Floats
from sim.theory import lemons
from sim.theory.bench.cohort import (
    PER_QUALITY,
    annual,
    draws_at_birth,
    lend_once,
    reserve_rate,
    venture,
)
from sim.theory.bench.estimate import Measured, share
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but take-up by reservation rate, one project per loan and limited liability"
PRODUCTION = (
    "sim.world.take_up.alternatives",
    "sim.world.take_up.answer",
    "sim.mechanisms.repayment.repay",
    "sim.mechanisms.repayment.post_instalments",
)
CASE = dict(lemons.EXAMPLES[0].parameters)
FUNDING = 0.03  # f for the period
FIRMS, ROUNDS, EARLY = 20_000, 16, 2


def answers(case: Mapping[str, float]) -> Answer:
    """Return the edge of the pool after two rounds and in the end, and the share left."""
    end = lemons.closed_form(**case)
    return {
        "best borrower after two rounds": lemons.path(**case, rounds=EARLY)[-1],
        "best borrower in the end": end["pool_edge"],
        "share of firms left in the end": end["share_left"],
    }


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the same from rounds of pricing by the books.

    A round's repaid share errs by `sqrt(s(1-s)/n)`, and by half of the edge's own error; the edge
    errs k times as much as the share of the round before.
    """
    surplus, width = case["surplus"], case["highest"] - case["lowest"]
    repaid, error = 0.5 * (case["lowest"] + case["highest"]), 0.0
    edges = []
    for number in range(ROUNDS):
        price, edge_error = (1.0 + FUNDING) / repaid, surplus * error
        success, repaid = lend_at(price, (seed, number), case)
        draws = share(repaid * success.size, success.size).standard_error
        error = math.hypot(draws, 0.5 * edge_error)
        edges.append(Measured(float(success.max()), math.hypot(edge_error, width / FIRMS)))
    left = share(success.size, FIRMS)
    return {
        "best borrower after two rounds": edges[EARLY - 1],
        "best borrower in the end": edges[-1],
        "share of firms left in the end": Measured(
            left.value, math.hypot(left.standard_error, edges[-1].standard_error / width)
        ),
    }


def lend_at(price: float, seed: tuple[int, int], case: Mapping[str, float]) -> tuple[Floats, float]:
    """Return borrowers' chances of success, (borrowers,), and the share of loans repaid."""
    trial = Trial(
        {
            "firms.count": FIRMS,
            "firms.projects.yield_base": 0,
            "firms.projects.yield_by_quality": PER_QUALITY,
            "banks.main.pricing.fixed": float(annual(price)),
        },
        seed,
    )
    slots = np.arange(trial.market.slots)
    chance = case["lowest"] + (case["highest"] - case["lowest"]) * draws_at_birth(trial, slots)
    reserve_rate(trial, slots, annual(case["surplus"] * (1.0 + FUNDING) / chance))
    rows = lend_once(trial)
    venture(trial, rows, chance[rows])
    trial.run_months(2)
    repaid = trial.total("paid_by_firms") / (price * trial.total("disbursed"))
    return chance[rows], float(repaid[0])
