"""Stiglitz and Weiss's two types on production take-up, loans and repayment.

Mapping: the type is the sector; one period is a loan of three months repaid at its end, R what is
due after it per CNY lent.  A safe firm's outside option W = Ws u (u uniform, its honesty) makes
`Rs - W/ps` the highest R that it accepts: its reservation rate, set through its quality, since the
rate is `yield_by_quality` times theta here.  A risky firm's is Rr.  The bank charges all firms one
rate.  A firm's one project then succeeds with `ps` or `pr` by its own cash-flow shock at an
extreme volatility: it is rich or ruined, and ruined firms repay nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.core.arrays import Floats
from sim.theory import credit_rationing
from sim.theory.bench.cohort import (
    PER_QUALITY,
    annual,
    draws_at_birth,
    lend_once,
    reserve_rate,
    venture,
)
from sim.theory.bench.estimate import Measured, difference, ratio
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but take-up by reservation rate, one project per loan and limited liability"
PRODUCTION = (
    "sim.world.take_up.alternatives",
    "sim.world.take_up.answer",
    "sim.policies.pricing.flat.Flat.rate",
    "sim.mechanisms.earnings.earn",
    "sim.mechanisms.repayment.repay",
)
CASE = dict(credit_rationing.EXAMPLES[0].parameters)
RUNS, FIRMS = 100, 1000
ASIDE = 0.015  # how far the rate is moved to show that the bank earns less there

Pair = tuple[Floats, Floats]  # two counts or sums of each run, (runs,)


def answers(case: Mapping[str, float]) -> Answer:
    """Return the effects of the best rate: who borrows, the return there and at rates nearby."""
    best = credit_rationing.closed_form(**case)
    there = curve(best["rate"], case)
    return {
        "share of safe firms that borrow at the best rate": best["safe_participation"],
        "gross return at the best rate": best["expected_return"],
        "return lost by asking .015 less": there - curve(best["rate"] - ASIDE, case),
        "return lost by asking .015 more": there - curve(best["rate"] + ASIDE, case),
    }


def curve(rate: float, case: Mapping[str, float]) -> float:
    """Return rho(R), what the bank earns per CNY lent at a gross rate."""
    lam, ps, pr = case["share_safe"], case["safe_success"], case["risky_success"]
    a = credit_rationing.participation(rate, ps, case["safe_payoff"], case["outside_option"])
    return rate * (lam * a * ps + (1.0 - lam) * pr) / (lam * a + 1.0 - lam)


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the same from three trials with common random numbers and different rates."""
    rate = credit_rationing.closed_form(**case)["rate"]
    below, _ = lend_at(rate - ASIDE, seed, case)
    there, borrowing = lend_at(rate, seed, case)
    above, _ = lend_at(rate + ASIDE, seed, case)
    return {
        "share of safe firms that borrow at the best rate": ratio(*borrowing),
        "gross return at the best rate": ratio(*there),
        "return lost by asking .015 less": difference(there, below),
        "return lost by asking .015 more": difference(there, above),
    }


def lend_at(rate: float, seed: int, case: Mapping[str, float]) -> tuple[Pair, Pair]:
    """Return repaid and lent (CNY) at a gross rate, and safe borrowers and safe firms."""
    trial = Trial(
        {
            "firms.count": FIRMS,
            "firms.sectors.good.share": case["share_safe"],
            "firms.sectors.bad.share": 1.0 - case["share_safe"],
            "firms.projects.yield_base": 0,
            "firms.projects.yield_by_quality": PER_QUALITY,
            "banks.main.pricing.fixed": float(annual(rate)),
        },
        seed,
        RUNS,
    )
    firms, slots = trial.market.firms, np.arange(trial.market.slots)
    safe = firms.sector == 0
    option = case["outside_option"] * draws_at_birth(trial, slots)
    worthwhile = case["safe_payoff"] - option / case["safe_success"]
    reserve_rate(trial, slots, annual(np.where(safe, worthwhile, case["risky_payoff"])))

    rows = lend_once(trial)
    borrows = np.isin(slots, rows)
    venture(trial, rows, np.where(safe[rows], case["safe_success"], case["risky_success"]))
    trial.run_months(2)
    book = trial.total("paid_by_firms"), trial.total("disbursed")
    return book, (trial.per_run(safe & borrows), trial.per_run(safe))
