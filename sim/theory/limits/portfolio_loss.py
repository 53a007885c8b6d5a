"""Vasicek's loss on production loans: firms' cash flow, instalments, arrears and default.

Mapping as in `sim.theory.bench.one_factor`.  The quantile is the default rate of one very large
book with Z held at `-G(q)` by the scenario's path; the distribution over Z is that of many
books of a hundred loans, compared with the binomial mixture of a hundred loans, not with the limit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.credit import normal, vasicek
from sim.theory import portfolio_loss
from sim.theory.bench.estimate import Measured, mean, share
from sim.theory.bench.one_factor import one_factor_book
from sim.theory.rows import Answer

OFF = "all but one common factor and the firms' own shocks in one month; no recovery, no new loans"
PRODUCTION = (
    "sim.world.macro.move",
    "sim.mechanisms.earnings.earn",
    "sim.mechanisms.repayment.repay",
    "sim.state.post.classing.classes",
)
CASE = {"pd": 0.05, "rho": 0.12, "q": 0.99}
LOANS, RUNS, LARGE = 100, 1000, 100_000
MANY = 10  # defaults among a hundred loans


def answers(case: Mapping[str, float]) -> Answer:
    """Return the quantile of an infinite book, and the spread of a hundred loans' default rate."""
    pd, rho = case["pd"], case["rho"]
    limit = portfolio_loss.closed_form(**case)
    own_draws = (pd * (1.0 - pd) - limit["variance"]) / LOANS
    return {
        "99 % quantile of the default rate": limit["loss_quantile"],
        "mean default rate": pd,
        "sd of the default rate, 100 loans": math.sqrt(limit["variance"] + own_draws),
        "chance of more than 10 defaults in 100": 1.0
        - float(vasicek.default_count_cdf(MANY, LOANS, pd, rho)),
    }


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the same from production loans."""
    pd, rho = case["pd"], case["rho"]
    bad_times = -float(normal.quantile(case["q"]))
    _, stressed = one_factor_book(pd, rho, seed, 1, LARGE, factor=bad_times)
    _, rate = one_factor_book(pd, rho, seed, RUNS, LOANS)
    spread = (rate - rate.mean()) ** 2 * RUNS / (RUNS - 1)
    variance = mean(spread)
    sd = math.sqrt(variance.value)
    return {
        "99 % quantile of the default rate": share(stressed[0] * LARGE, LARGE),
        "mean default rate": mean(rate),
        "sd of the default rate, 100 loans": Measured(sd, variance.standard_error / (2.0 * sd)),
        "chance of more than 10 defaults in 100": share(
            float(np.sum(rate * LOANS > MANY + 0.5)), RUNS
        ),
    }
