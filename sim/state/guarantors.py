"""Guarantors: which firms guarantee which loans, for how much, and what they have paid.

A loan has at most two guarantors.  A guarantee ends with its loan, and with the guarantor: a firm
that entered since the grant is another one.  Slots are counted within their run, from 1, so that a
run is the same whichever runs share the tables; 0 is none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int32s
from sim.core.columns import Schema, column
from sim.core.compiled import compiled
from sim.core.distributions import Constant
from sim.core.indexing import unsigned
from sim.core.sight import Sight
from sim.credit.classes import DEFAULT_DPD
from sim.state.market import NEVER, Market

PLACES = 2  # guarantors that a loan can have
NOBODY = -1  # in place of a slot


class Guarantors(NamedTuple):
    """One row per slot, (slots,), for the loan in it; all but `asked` are (2, slots)."""

    firm: Int32s = column(
        "i4", "index", "slot of each guarantor in its run, from 1; 0 is none", Sight.FILE, width=2
    )
    liable: Floats = column(
        "f8", "CNY", "what each guarantor is still liable for", Sight.FILE, width=2
    )
    asked: Bools = column("?", "flag", "guarantors have been called to pay", Sight.FILE)
    demanded: Bools = column(
        "?", "flag", "the bank has demanded it, or lengthened its term, over its circle", Sight.FILE
    )


class CalledFirms(NamedTuple):
    """One row per slot, (slots,), for the firm that is in it now."""

    last_called: Int32s = column(
        "i4", "month", "month in which it last paid as a guarantor", Sight.FILE, Constant(NEVER)
    )
    paid: Floats = column("f8", "CNY", "paid for other firms' loans since it entered", Sight.FILE)


class Claims(NamedTuple):
    """One row per book, (books,): fading sums of what loans with guarantors owed and brought."""

    owed: Floats = column("f8", "CNY", "owed when they defaulted or were first called", Sight.FILE)
    paid: Floats = column("f8", "CNY", "paid by their guarantors", Sight.FILE)


GUARANTORS = Schema(Guarantors, over="Loans")
CALLED_FIRMS = Schema(CalledFirms, over="Firms")
CLAIMS = Schema(Claims, over="Books")


@compiled
def guarantor_of(i, place, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return the slot of a guarantor of the loan in slot `i`, or `NOBODY`.

    `i`, its `place` (0 or 1) and `each`, the slots of a run, are numbers.
    """
    row = unsigned(i)
    number = guarantors.firm[unsigned(place), row]
    if number == 0:
        return np.int64(NOBODY)
    g = np.int64(firms.run[row]) * each + number - 1
    if not firms.alive[unsigned(g)] or firms.born[unsigned(g)] >= loans.granted[row]:
        return np.int64(NOBODY)
    return g


@compiled
def with_guarantors(rows, guarantors):  # type: ignore[no-untyped-def]
    """Return the loans of `rows` that were given a guarantor, (n,), in their order."""
    found, n = np.empty_like(rows), 0
    for k in range(rows.size):
        found[unsigned(n)] = rows[k]
        n += guarantors.firm[0, unsigned(rows[k])] > 0  # the first place is filled first
    return found[:n]


@compiled
def all_liable(rows, enforced, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return what firms that are there owe as guarantors of each loan of `rows`, (n,), CNY.

    Nothing is counted for loans of lenders that do not call guarantors: `enforced` (lenders,) is 1
    or 0.
    """
    liable = np.zeros(rows.size)
    for k in range(rows.size):
        i = rows[k]
        if enforced[loans.lender[i]] > 0.0:
            for place in range(PLACES):
                if guarantor_of(i, place, each, firms, loans, guarantors) >= 0:
                    liable[k] += guarantors.liable[place, i]
    return liable


@compiled
def owed_in_new_defaults(live, lender, month, lenders, books, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return what a lender's loans of `live` (n,) owe that default in a month, (books,) CNY.

    Those with guarantors are counted, unless these have been called.
    """
    owed = np.zeros(books)
    for k in range(live.size):
        i = unsigned(live[k])
        if loans.default_month[i] != month or loans.lender[i] != lender:
            continue
        guaranteed = guarantors.firm[0, i] > 0 and not guarantors.asked[i]
        if guaranteed and loans.dpd[i] > DEFAULT_DPD:
            book = firms.run[i] * lenders + lender
            owed[book] += loans.balance[i] + loans.accrued[i] + loans.suspended[i]
    return owed


@compiled
def balances_with_guarantors(live, runs, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return the balance of the loans `live`, and of those with guarantors, (runs,) each, CNY."""
    balance, guaranteed = np.zeros(runs), np.zeros(runs)
    for k in range(live.size):
        i = unsigned(live[k])
        run = unsigned(firms.run[i])
        balance[run] += loans.balance[i]
        # times 1 or 0, so that the processor need not guess which
        guaranteed[run] += loans.balance[i] * (guarantors.firm[0, i] > 0)
    return balance, guaranteed


def paid_for_others(market: Market) -> Floats:
    """Return what the firms of each run have paid as guarantors since they entered, (runs,) CNY."""
    if CALLED_FIRMS not in market.own:
        return np.zeros(market.runs)
    return np.asarray(market.table(CALLED_FIRMS).paid.reshape(market.runs, -1).sum(axis=1))
