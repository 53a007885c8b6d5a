"""Repayment schedules: how much principal of a running loan falls due this month.

Each rule needs what is still owed and the months that are left, this one included, and no memory:
a loan that was cut, called or rescheduled continues by the same rule.
"""

from __future__ import annotations

import functools
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled


class Schedule(IntEnum):
    """How principal falls due."""

    LEVEL = 0  # equal instalments of interest and principal
    BULLET = 1  # interest monthly, principal at the end
    SEASONAL = 2  # principal follows the season of the firm's receipts
    REVOLVING = 3  # a share of the balance monthly, the rest at the end
    RECEIVABLES = 4  # nothing until the firm's customers pay, then equal parts of principal


BULLET, SEASONAL = int(Schedule.BULLET), int(Schedule.SEASONAL)
REVOLVING, RECEIVABLES = int(Schedule.REVOLVING), int(Schedule.RECEIVABLES)


class DueRules(NamedTuple):
    """The numbers that schedules need."""

    reduction: float  # share of a revolving balance that falls due each month
    season: NDArray[np.float64]  # (12,) weight of a month, by months after the peak
    ahead: NDArray[np.float64]  # (12, 12) summed weights of the next 0 to 11 months, likewise


@functools.lru_cache(maxsize=64)
def due_rules(reduction: float, swing: float) -> DueRules:
    """Return the numbers of the schedules; `swing` is the share of principal that moves by season.

    A full year of weights adds up to twelve.
    """
    season = 1.0 + swing * np.cos(2.0 * np.pi * np.arange(12) / 12.0)
    after_peak = [np.roll(season, -after) for after in range(12)]
    ahead = np.array([[later[:n].sum() for n in range(12)] for later in after_peak])
    return DueRules(reduction, season, ahead)


@compiled
def seasonal_share(remaining, after_peak, rules):  # type: ignore[no-untyped-def]
    """Return the share of the balance due now, so that dues follow the season to the end.

    `remaining` and `after_peak` are numbers, in months.
    """
    now = after_peak % 12
    return rules.season[now] / (12.0 * (remaining // 12) + rules.ahead[now, remaining % 12])


@compiled
def principal_due(schedule, balance, instalment, interest, remaining, after_peak, rules):  # type: ignore[no-untyped-def]
    """Return the principal that falls due this month, CNY; `after_peak` in months.

    All arguments are numbers, of one loan.
    """
    if remaining <= 0:
        return 0.0
    if remaining == 1:
        return balance
    if schedule == BULLET:
        return 0.0
    if schedule == REVOLVING:
        return rules.reduction * balance
    if schedule == SEASONAL:
        return balance * seasonal_share(remaining, after_peak, rules)
    return min(max(instalment - interest, 0.0), balance)


@compiled
def invoices_due(balance, remaining, waiting):  # type: ignore[no-untyped-def]
    """Return the principal that falls due this month on a loan against invoices, CNY.

    Nothing while the firm waits for its customers, then equal parts as they pay.  All arguments are
    numbers, of one loan.
    """
    if remaining <= 0 or (waiting and remaining > 1):
        return 0.0
    return balance / remaining
