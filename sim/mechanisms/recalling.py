"""Recalling: a bank demands, or gives more time to, the loans of a circle in which one defaulted.

Demanded is a share of what is not yet due; the firm pays what cash it has, interest first, and the
rest is overdue at once, so the demand counts as an instalment missed.  More time means a longer
term and a lower instalment for a firm that still pays; its loan stays in its class.  Each loan is
treated once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.money import PENNY
from sim.credit.amortisation import level_instalment
from sim.state.books import BOOKS
from sim.state.circles import ALONE, UNNAMED, connect, give_name, go_through, network_of
from sim.state.cohorts import COHORTS
from sim.state.firms import FIRMS
from sim.state.guarantors import GUARANTORS
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.market import Market
from sim.state.officers import OFFICERS
from sim.state.posting import Written, posting
from sim.state.receipts import days_past_due, pay_off, receive


class Recalled(NamedTuple):
    """Loans of one bank that it demands, or whose term it lengthens."""

    lender: int
    rows: Rows  # (n,)
    share: float  # of what is not yet due, demanded
    extra_months: int
    cost: float  # CNY each
    hours: float  # each


@compiled
def _defaulted(seen, month, loans):  # type: ignore[no-untyped-def]
    """Return the loans of `seen` that defaulted in a month, (n,)."""
    rows, n = np.empty_like(seen), 0
    for k in range(seen.size):
        if loans.default_month[unsigned(seen[k])] == month:
            rows[unsigned(n)] = seen[k]
            n += 1
    return rows[:n]


@compiled
def _of_stressed(seen, lender, month, each, net, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    defaulted = _defaulted(seen, month, loans)
    rows, n = np.empty(seen.size, np.int64), 0
    if defaulted.size > 0:
        connect(net, seen, each, firms, loans, guarantors)
    for k in range(defaulted.size):
        start = unsigned(defaulted[k])
        if net.linked[start] == ALONE or net.circle[start] != UNNAMED:  # named: seen already
            continue
        size = go_through(defaulted[k], net)
        give_name(size, defaulted[k], net)
        for member in range(size):
            i = unsigned(net.members[unsigned(member)])
            free = not (guarantors.demanded[i] or loans.defaulted[i])
            if loans.lender[i] == lender and free and loans.remaining[i] > 0:
                rows[n] = i
                n += 1
    return np.sort(rows[:n])


def of_stressed_circles(market: Market, lender: int, seen: Rows) -> Rows:
    """Return the loans of one bank whose circle had a default this month, and not they themselves.

    `seen` (n,) are the loans of which the bank knows the guarantors.  A firm alone is no circle,
    and each loan is treated once.
    """
    rows: Rows = _of_stressed(
        seen, lender, market.month, market.firms_per_run, network_of(market), market.firms,
        market.loans, market.table(GUARANTORS),
    )  # fmt: skip
    return rows


@compiled
def _recall(recalled, month, places, firms, loans, guarantors, officers, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    """Post what is demanded and paid, or the longer terms; return how many loans are paid off."""
    lenders, banks, seats = places
    ended = 0
    for k in range(recalled.rows.size):
        i = recalled.rows[k]
        b = firms.run[i] * lenders + recalled.lender
        guarantors.demanded[i] = True
        ledger.monitoring_cost[b] += recalled.cost
        officers.hours[(firms.run[i] * banks + recalled.lender) * seats + loans.seat[i]] += (
            recalled.hours
        )
        running = loans.balance[i] - loans.overdue_principal[i]
        if recalled.extra_months > 0 and loans.dpd[i] == 0:
            loans.remaining[i] += recalled.extra_months
            loans.instalment[i] = level_instalment(running, loans.rate[i], loans.remaining[i])
            loans.eased[i] = True
            ledger.eased[b] += 1.0
        if recalled.share > 0.0:
            loans.overdue_principal[i] += recalled.share * running
            if recalled.share == 1.0:
                loans.remaining[i] = 0
            due = loans.overdue_principal[i] + loans.accrued[i] + loans.suspended[i]
            paid = min(due, max(firms.cash[i], 0.0))
            loans.behind[i] = max(loans.behind[i], 1.0) * (due - paid) / max(due, PENNY)
            loans.dpd[i] = days_past_due(loans.behind[i])
            ledger.recalled[b] += 1.0
            receive(i, b, paid, month, firms, loans, books, ledger, cohorts)
            if loans.balance[i] < PENNY and due - paid < PENNY:
                pay_off(i, b, firms, loans, books, ledger)
                ended += 1
    return ended


@posting(writes=(FIRMS, LOANS, GUARANTORS, OFFICERS, BOOKS, LEDGER, COHORTS))
def post_recalls(to: Written, recalled: Recalled) -> None:
    """Post what is demanded and paid, or the longer terms."""
    ended = _recall(
        recalled,
        to.market.month,
        to.market.places,
        to.table(FIRMS),
        to.table(LOANS),
        to.table(GUARANTORS),
        to.table(OFFICERS),
        to.table(BOOKS),
        to.table(LEDGER),
        to.table(COHORTS).cash,
    )
    if ended:
        to.drop_ended()
