"""Loans by the diligence of the officer who decided: how many were lent, how many defaulted early.

Officers are ranked over all whom banks can hire, so a fifth is the same in every bank and seed.  It
is a measure for the record: nothing in a run depends on it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Int8s, Rows
from sim.core.compiled import compiled
from sim.core.indexing import rows_where, unsigned
from sim.state.ages import EARLY
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.month import Month
from sim.state.posting import Written, posting

FIFTHS = 5  # of all officers by their diligence
LENT = tuple(f"lent_fifth_{number}" for number in range(1, FIFTHS + 1))
FAILED = tuple(f"failed_fifth_{number}" for number in range(1, FIFTHS + 1))


class NewLoans(NamedTuple):
    """Loans that banks made this month, and the fifth of the officer of each."""

    rows: Rows  # (n,)
    fifth: Int8s  # (n,)


def new_loans(month: Month) -> NewLoans:
    """Find the loans that banks made this month, and who decided on them."""
    market, loans = month.market, month.market.loans
    rows = _granted(market.live, loans, month.number, market.rival)
    places = np.empty_like(rows)
    for bank in range(len(market.banks)):
        mine = loans.lender[rows] == bank
        places[mine] = market.officer_rows(rows[mine], bank, loans.seat[rows[mine]])
    diligent = 1.0 - market.officers.slackness[places]
    return NewLoans(rows, np.minimum(FIFTHS * diligent, FIFTHS - 1).astype(np.int8))


@compiled
def _granted(live, loans, month, banks):  # type: ignore[no-untyped-def]
    """Return those of the loans `live` (n,) that were made in a month, by the first `banks`."""
    new = np.empty(live.size, np.bool_)
    for k in range(live.size):
        i = unsigned(live[k])
        new[k] = (loans.granted[i] == month) & (loans.lender[i] < banks)
    return live[rows_where(new)]


@posting(writes=(LOANS, LEDGER))
def post_new_loans(to: Written, new: NewLoans) -> None:
    """Note who decided on each new loan, and count it."""
    to.table(LOANS).fifth[new.rows] = new.fifth
    _count(to, LENT, new.rows, new.fifth)


class EarlyDefaults(NamedTuple):
    """Loans of banks that default this month, granted in reported months within the window."""

    rows: Rows  # (n,)
    fifth: Int8s  # (n,)


def early_defaults(month: Month) -> EarlyDefaults:
    """Find the loans that default within some months after they were granted."""
    market, loans = month.market, month.market.loans
    rows = _defaulting(market.live, loans, month.number, market.rival)
    return EarlyDefaults(rows, loans.fifth[rows])


@compiled
def _defaulting(live, loans, month, banks):  # type: ignore[no-untyped-def]
    """Return those of the loans `live` (n,) that default early in a month, of the first `banks`."""
    early = np.empty(live.size, np.bool_)
    for k in range(live.size):
        i = unsigned(live[k])
        granted = loans.granted[i]
        early[k] = (loans.default_month[i] == month) & (loans.lender[i] < banks)
        early[k] &= (granted >= 1) & (month - granted <= EARLY)
    return live[rows_where(early)]


@posting(writes=(LEDGER,))
def post_early_defaults(to: Written, early: EarlyDefaults) -> None:
    """Count early defaults by the officer who decided."""
    _count(to, FAILED, early.rows, early.fifth)


def _count(to: Written, names: tuple[str, ...], rows: Rows, fifth: Int8s) -> None:
    if not rows.size:
        return
    market, ledger = to.market, to.table(LEDGER)
    book = market.firms.run[rows] * np.int64(market.lenders) + market.loans.lender[rows]
    for number, name in enumerate(names):
        counted: Floats = getattr(ledger, name)
        counted += np.bincount(book[fifth == number], minlength=counted.size)
