"""Renewals: the kind of grant of each loan, and how the bank answered when it was to be renewed."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int8s, Int16s, Int32s, Rows
from sim.core.columns import Schema, column
from sim.core.sight import Sight
from sim.state.market import Market


class Grant(IntEnum):
    """Why a loan was granted."""

    NEW = 0
    RENEWAL = 1  # the borrower had repaid the loan before it
    REFINANCING = 2  # it paid off the loan before it
    RESTRUCTURED = 3  # terms changed in distress


class Answer(IntEnum):
    """How far the renewal of a loan has come."""

    NONE = 0
    ASKED = 1
    GRANTED = 2
    REFUSED = 3
    WITHDRAWN = 4  # granted, and taken back before it was used


class Renewals(NamedTuple):
    """One row per slot, (slots,), of the loan in it; cleared when a new loan is paid out."""

    grant: Int8s = column("i1", "code", "kind of grant: new, renewal or refinancing", Sight.FILE)
    answer: Int8s = column("i1", "code", "how far its renewal has come", Sight.FILE)
    rate: Floats = column("f8", "1/year", "rate of the renewal that was granted", Sight.FILE)
    times: Int16s = column("i2", "count", "renewals so far", Sight.FILE)
    first: Int32s = column("i4", "month", "month of the first grant, of a loan renewed", Sight.FILE)
    observed: Int8s = column(
        "i1", "months", "months left at special mention or worse, after a renewal in difficulty",
        Sight.FILE,
    )  # fmt: skip
    not_renewed: Bools = column(
        "?", "flag", "could not be paid at maturity and was not renewed", Sight.HIDDEN
    )


RENEWALS = Schema(Renewals, over="Loans")


def grants(market: Market, rows: Rows) -> Int8s:
    """Return the kind of grant of the loans in `rows`, (n,); a loan may be restructured later."""
    on = RENEWALS in market.own
    kept = market.table(RENEWALS).grant[rows] if on else np.full(rows.size, Grant.NEW, np.int8)
    changed = market.loans.rescheduled[rows]
    return np.where(changed, Grant.RESTRUCTURED, kept).astype(np.int8)


def first_granted(market: Market, rows: Rows) -> Int32s:
    """Return the month in which each loan was granted before any renewal, (n,)."""
    if RENEWALS not in market.own:
        return market.loans.granted[rows]
    table = market.table(RENEWALS)
    renewed = table.times[rows] > 0
    return np.where(renewed, table.first[rows], market.loans.granted[rows]).astype(np.int32)
