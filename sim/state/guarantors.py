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


GUARANTORS = Schema(Guarantors, over="Loans")
CALLED_FIRMS = Schema(CalledFirms, over="Firms")


@compiled
def guarantor_of(i, place, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return the slot of a guarantor of the loan in slot `i`, or -1; `each` is slots per run."""
    number = guarantors.firm[place, i]
    if number == 0:
        return np.int64(-1)
    g = np.int64(firms.run[i]) * each + number - 1
    if not firms.alive[g] or firms.born[g] >= loans.granted[i]:
        return np.int64(-1)
    return g


@compiled
def root_of(parents, i):  # type: ignore[no-untyped-def]
    """Return the root of a slot's component, and shorten the way to it."""
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


@compiled
def join(parents, i, j):  # type: ignore[no-untyped-def]
    """Make one component of those of two slots; the lower root stands for both."""
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
        all_roots(
            live, market.firms_per_run, market.firms, market.loans, market.table(GUARANTORS)
        )
    )


def sizes_of_components(market: Market, lender: int | None = None) -> Rows:
    """Return the number of firms in each component of two or more, (components,), ascending."""
    sizes = np.bincount(components(market, lender), minlength=market.slots)
    return np.sort(sizes[sizes > 1])
