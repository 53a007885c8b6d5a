"""Repayment: what falls due on a loan, and how much of it the firm's cash covers.

A firm pays whenever it can: default follows from a lack of cash, not from a decision.
"""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.facts import Repaid
from sim.state.loans import Schedule
from sim.state.market import Market

BULLET, SEASONAL = int(Schedule.BULLET), int(Schedule.SEASONAL)
REVOLVING, RECEIVABLES = int(Schedule.REVOLVING), int(Schedule.RECEIVABLES)
REDUCTION = 0.05  # share of a revolving balance that falls due each month; A
SWING = 0.5  # seasonal amplitude of principal due, over its mean; A: half


SEASON = 1.0 + SWING * np.cos(2.0 * np.pi * np.arange(12) / 12.0)  # by months after the peak
# weights of the next 0 to 11 months, by months after the peak; a full year adds up to twelve
AHEAD = np.array([[np.roll(SEASON, -after)[:n].sum() for n in range(12)] for after in range(12)])


@compiled
def seasonal_share(remaining, after_peak):  # type: ignore[no-untyped-def]
    """Return the share of the balance due now, such that payments follow the season to maturity."""
    now = after_peak % 12
    return SEASON[now] / (12.0 * (remaining // 12) + AHEAD[now, remaining % 12])


@compiled
def principal_due(schedule, balance, instalment, interest, remaining, month, peak):  # type: ignore[no-untyped-def]
    """Return the principal that falls due this month, CNY."""
    if remaining <= 0:
        return 0.0
    if remaining == 1:
        return balance
    if schedule == BULLET:
        return 0.0
    if schedule == REVOLVING:
        return REDUCTION * balance
    if schedule == SEASONAL:
        return balance * seasonal_share(remaining, month - peak)
    return min(max(instalment - interest, 0.0), balance)


@compiled
def invoices_due(balance, remaining, waiting):  # type: ignore[no-untyped-def]
    """Return the principal that falls due this month on a loan against invoices, CNY.

    It is zero while the firm waits for its customers, then equal parts as they pay.
    """
    if remaining <= 0 or (waiting and remaining > 1):
        return 0.0
    return balance / remaining


@compiled
def all_payments(live, firms, loans, peaks, month):  # type: ignore[no-untyped-def]
    """Return interest, scheduled principal and payment of each live loan, (n,) each, CNY."""
    n = live.size
    interest = np.empty(n)
    scheduled = np.empty(n)
    paid = np.empty(n)
    for k in range(n):
        i = unsigned(live[k])
        monthly = loans.rate[i] / 12.0
        interest[k] = loans.balance[i] * monthly
        running = loans.balance[i] - loans.overdue_principal[i]
        if loans.schedule[i] == RECEIVABLES:
            age = month - loans.granted[i]
            waiting = age + loans.season_shift[i] <= firms.paid_after[i]
            scheduled[k] = invoices_due(running, loans.remaining[i], waiting)
        else:
            scheduled[k] = principal_due(
                loans.schedule[i],
                running,
                loans.instalment[i],
                running * monthly,
                loans.remaining[i],
                month,
                np.int64(peaks[firms.sector[i]]) + loans.season_shift[i],
            )
        due = (
            interest[k]
            + scheduled[k]
            + loans.accrued[i]
            + loans.suspended[i]
            + loans.overdue_principal[i]
        )
        paid[k] = min(due, max(firms.cash[i], 0.0))
    return interest, scheduled, paid


def repay(market: Market, peaks: np.ndarray, month: int) -> Repaid:
    """Return what every borrower pays out of its cash; `peaks` (sectors,) is the peak month."""
    interest, scheduled, paid = all_payments(market.live, market.firms, market.loans, peaks, month)
    return Repaid(market.live, interest, scheduled, paid)
