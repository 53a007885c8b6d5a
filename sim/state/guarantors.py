"""Guarantors: which firms guarantee which loans, and the components that these guarantees make.

A loan has at most two guarantors.  A guarantee ends with its loan, and with the guarantor: a firm
that entered since the grant is another one.  Slots are counted within their run, from 1, so that a
run is the same whichever runs share the tables; 0 is none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int32s, Rows
from sim.core.columns import Schema, column
from sim.core.compiled import compiled
from sim.core.distributions import Constant
from sim.core.sight import Sight
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
    number = guarantors.firm[place, i]
    if number == 0:
        return np.int64(NOBODY)
    g = np.int64(firms.run[i]) * each + number - 1
    if not firms.alive[g] or firms.born[g] >= loans.granted[i]:
        return np.int64(NOBODY)
    return g


@compiled
def all_liable(live, since, enforced, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return what firms that are there owe as guarantors of each loan of `live`, (n,), CNY.

    Nothing is counted for loans granted before the month `since`, nor for those of lenders that do
    not call guarantors: `enforced` (lenders,) is 1 or 0.
    """
    liable = np.zeros(live.size)
    for k in range(live.size):
        i = live[k]
        if loans.granted[i] >= since and enforced[loans.lender[i]] > 0.0:
            for place in range(PLACES):
                if guarantor_of(i, place, each, firms, loans, guarantors) >= 0:
                    liable[k] += guarantors.liable[place, i]
    return liable


@compiled
def root_of(parents, i):  # type: ignore[no-untyped-def]
    """Return the root of the component of slot `i`, a number, and shorten the way to it.

    `parents` (slots,) leads from each slot towards its root.
    """
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


@compiled
def join(parents, i, j):  # type: ignore[no-untyped-def]
    """Make one component of those of the slots `i` and `j`, numbers; `parents` is (slots,).

    The lower root stands for both.
    """
    one, other = root_of(parents, i), root_of(parents, j)
    if one < other:
        parents[other] = one
    else:
        parents[one] = other


@compiled
def all_roots(live, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return the root of each slot's component over the guarantees of the loans `live`, (slots,).

    A slot without a guarantee is its own root.
    """
    parents = np.arange(firms.key.size)
    linked = np.empty(2 * PLACES * live.size, np.int64)
    n = 0
    for k in range(live.size):
        i = live[k]
        for place in range(PLACES):
            g = guarantor_of(i, place, each, firms, loans, guarantors)
            if g >= 0:
                join(parents, i, g)
                linked[n], linked[n + 1] = i, g
                n += 2
    for k in range(n):
        parents[linked[k]] = root_of(parents, linked[k])
    return parents


def components(market: Market, lender: int | None = None) -> Rows:
    """Return the root of each slot's component, (slots,), by the loans of one lender or of all."""
    live = market.live if lender is None else market.live_at(lender)
    return np.asarray(
        all_roots(live, market.firms_per_run, market.firms, market.loans, market.table(GUARANTORS))
    )


def sizes_of_components(market: Market, lender: int | None = None) -> Rows:
    """Return the number of firms in each component of two or more, (components,), ascending."""
    sizes = np.bincount(components(market, lender), minlength=market.slots)
    return np.sort(sizes[sizes > 1])


class Network(NamedTuple):
    """The guarantees of this month while new ones are made, all (slots,)."""

    parents: Rows  # of the components, see `root_of`
    degree: Int32s  # guarantees given and received
    gives: Int32s  # guarantees given
    ward: Rows  # a firm that it guarantees, or `NOBODY`
    habit: np.uint64  # salt of the draw that tells who only pairs


@compiled
def network(live, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return the guarantees of the loans `live` (n,), as the first four of `Network`."""
    slots = firms.key.size
    parents = np.arange(slots)
    degree, gives = np.zeros(slots, np.int32), np.zeros(slots, np.int32)
    ward = np.full(slots, np.int64(NOBODY))
    for k in range(live.size):
        i = live[k]
        for place in range(PLACES):
            g = guarantor_of(i, place, each, firms, loans, guarantors)
            if g >= 0:
                link(i, g, parents, degree, gives, ward)
    return parents, degree, gives, ward


@compiled
def link(i, g, parents, degree, gives, ward):  # type: ignore[no-untyped-def]
    """Note that the firm in slot `g` guarantees the loan in `i`, numbers; the rest is (slots,)."""
    join(parents, i, g)
    degree[i] += 1
    degree[g] += 1
    gives[g] += 1
    ward[g] = i


def paid_for_others(market: Market) -> Floats:
    """Return what the firms of each run have paid as guarantors since they entered, (runs,) CNY."""
    if CALLED_FIRMS not in market.own:
        return np.zeros(market.runs)
    return np.asarray(market.table(CALLED_FIRMS).paid.reshape(market.runs, -1).sum(axis=1))
