"""Statements: what firms say their turnover is, and which of them inflate it.

`rule` holds the parameters of `sim.world.demand`.
"""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.random_numbers import normal_cdf, normal_quantile


@compiled
def inflates(honesty, theta, lie_level, detection, rule):  # type: ignore[no-untyped-def]
    """Tell whether a firm inflates its statements to a bank; all arguments are numbers."""
    if rule.liars == 0.0:
        return False
    deterrence = rule.liars_by_verification * (detection - rule.usual_verification)
    proneness = lie_level - rule.liars_by_quality * theta - deterrence
    return honesty < normal_cdf(proneness)


@compiled
def statements(rows, bank, firms, lie_level, verification, rule):  # type: ignore[no-untyped-def]
    """Return the turnover that firms state to a bank, CNY/year, and who inflates it, (n,) each.

    `rows` is (n,), `verification` (runs, lenders) probabilities; the others are numbers.
    """
    stated, lying = np.empty(rows.size), np.empty(rows.size, np.bool_)
    for k in range(rows.size):
        i = unsigned(rows[k])
        detection = verification[firms.run[i], bank]
        lying[k] = inflates(firms.honesty[i], firms.theta[i], lie_level, detection, rule)
        stated[k] = firms.turnover[i] * (1.0 + rule.stated_turnover_excess * lying[k])
    return stated, lying


def lie_level(liars: float, by_quality: float) -> float:
    """Return l0 such that the mean of P(lie) over theta ~ N(0, 1) is `liars`.

    `by_quality` is l_theta.
    """
    if liars == 0.0:
        return -1e9
    return float(normal_quantile(liars)) * float(np.sqrt(1.0 + by_quality**2))
