"""Followed calls: defaults of firms that had been called as guarantors not long before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.params import param
from sim.mechanisms.base import MechanismParams
from sim.state.guarantors import CALLED_FIRMS
from sim.state.ledger import LEDGER
from sim.state.month import Month
from sim.state.posting import Written, posting


class Following(MechanismParams):
    """Which defaults are counted as those of a called guarantor."""

    within: int = param(
        12, unit="months", ge=0, le=600, source="A: as defaults begun by ruin are counted",
        meaning="time after a guarantor's call within which its own default counts as one of a"
        " called guarantor (`defaults_guarantor_called`)",
    )  # fmt: skip


class FollowedCalls(NamedTuple):
    """Loans that default this month and whose firm was called as a guarantor not long before."""

    books: Rows  # (n,)


@compiled
def _followed(live, month, within, loans, called_firms):  # type: ignore[no-untyped-def]
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        i = unsigned(live[k])
        if loans.default_month[i] == month and month - called_firms.last_called[i] <= within:
            rows[unsigned(n)] = live[k]
            n += 1
    return rows[:n].copy()


def follow_calls(month: Month) -> FollowedCalls | None:
    """Find the defaults of firms that were called as guarantors not long before."""
    market, within = month.market, month.params(Following).within
    called_firms = market.table(CALLED_FIRMS)
    rows = _followed(market.live, month.number, within, market.loans, called_firms)
    if not rows.size:
        return None
    lender = market.loans.lender[rows]
    return FollowedCalls(market.firms.run[rows] * np.int64(market.lenders) + lender)


@posting(writes=(LEDGER,))
def post_followed_calls(to: Written, followed: FollowedCalls) -> None:
    """Count defaults that followed a call of the firm as a guarantor."""
    counted = to.table(LEDGER).defaults_guarantor_called
    counted += np.bincount(followed.books, minlength=counted.size)
