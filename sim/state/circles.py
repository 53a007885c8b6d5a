"""Circles: the components that firms make which guarantee each other's loans.

Who guarantees whom is noted where it is needed, in one pass over the loans that have guarantors.
A guarantee has a number: `PLACES` times the slot of its loan, and the place of the guarantor; those
of this month come after all others, since a renewed loan has both until the month ends.  Those that
a firm gives lead from one to the next, the last one first.  A circle is gone through from one
of its firms, from those tied to it to those tied to them, only where somebody asks for it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Int8s, Int32s, Rows
from sim.core.compiled import compiled
from sim.core.face import face_of
from sim.core.indexing import unsigned
from sim.state.guarantors import GUARANTORS, NOBODY, PLACES, guarantor_of, with_guarantors
from sim.state.market import Market

ALONE, BEFORE, NOW = 0, 1, 2  # since when a firm has been in a guarantee
NONE = -1  # in place of the number of a guarantee
UNNAMED = -1  # in place of the name of a circle


class Network(NamedTuple):
    """Who is tied to whom."""

    linked: Int8s  # (slots,) `ALONE`; `BEFORE` this month's guarantees; or `NOW`
    backed: Bools  # (2, slots) whether its loan had guarantors before; whether it has some now
    guarantor: Int32s  # (guarantees,) who gives it, or `NOBODY`; set where a loan has guarantors
    last: Int32s  # (slots,) the last guarantee that the firm gives, or `NONE`
    one_before: Int32s  # (guarantees,) what the same firm gave before, or `NONE`; set where given
    circle: Int32s  # (slots,) the firm that its circle is named after, or `UNNAMED`
    met: Bools  # (slots,) while a circle is gone through
    members: Int32s  # (slots,) first those of the circle that was gone through last
    marks: Int8s  # (slots,) of a search for guarantors, see `sim.state.partners`


def network_of(market: Market) -> Network:
    """Return the memory for a network, which is filled again wherever one is needed."""
    if Network not in market.scratch:
        slots, guarantees = market.slots, 2 * PLACES * market.slots
        columns = [
            np.zeros(slots, np.int8), np.zeros((2, slots), bool), np.zeros(guarantees, np.int32),
            np.zeros(slots, np.int32), np.zeros(guarantees, np.int32), np.zeros(slots, np.int32),
            np.zeros(slots, bool), np.zeros(slots + 1, np.int32), np.zeros(slots, np.int8),
        ]  # fmt: skip
        market.scratch[Network] = face_of(Network, columns)
    found: Network = market.scratch[Network]
    return found


@compiled
def _note(i, place, g, now, net):  # type: ignore[no-untyped-def]
    """Note that the firm in slot `g`, or `NOBODY`, guarantees the loan in `i`, at a place.

    `now`, 0 or 1, tells if it does so from this month on.
    """
    number = PLACES * (now * net.last.size + i) + place
    net.guarantor[unsigned(number)] = g
    if g >= 0:
        net.one_before[unsigned(number)] = net.last[unsigned(g)]
        net.last[unsigned(g)] = number


@compiled
def connect(net, live, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Fill a network with the guarantees of the loans `live` (n,), and nothing else."""
    net.linked[:] = ALONE
    net.backed[:] = False
    net.last[:] = NONE
    net.circle[:] = UNNAMED
    rows = with_guarantors(live, guarantors)
    for k in range(rows.size):
        net.backed[0, unsigned(rows[k])] = True
        for place in range(PLACES):
            g = guarantor_of(rows[k], place, each, firms, loans, guarantors)
            _note(rows[k], place, g, 0, net)
            if g >= 0:
                net.linked[unsigned(rows[k])] = net.linked[unsigned(g)] = BEFORE


@compiled
def link(i, found, net):  # type: ignore[no-untyped-def]
    """Add this month's guarantees of the loan in slot `i`, a number.

    `found` are the slots of its two guarantors, or `NOBODY`.  Where a circle that becomes a part of
    another has a name, all have one name.
    """
    for place in range(PLACES):
        _note(i, place, NOBODY, 1, net)
    net.backed[1, unsigned(i)] = True
    for place in range(PLACES):
        g = found[place]
        if g >= 0:
            one, other = net.circle[unsigned(i)], net.circle[unsigned(g)]
            if one != other:
                if other == UNNAMED:
                    give_name(go_through(g, net), one, net)
                else:
                    give_name(go_through(i, net), other, net)
            _note(i, place, g, 1, net)
    for firm in (i, *found):
        if firm >= 0 and net.linked[unsigned(firm)] == ALONE:
            net.linked[unsigned(firm)] = NOW


@compiled
def wards(g, most, net):  # type: ignore[no-untyped-def]
    """Return how many guarantees the firm in slot `g`, a number, gives; it counts to `most`."""
    n, number = 0, net.last[unsigned(g)]
    while number != NONE and n < most:
        n += 1
        number = net.one_before[unsigned(number)]
    return n


@compiled
def last_ward(g, net):  # type: ignore[no-untyped-def]
    """Return the slot that the firm in slot `g`, a number, guaranteed last, or `NOBODY`."""
    number = np.int64(net.last[unsigned(g)])
    return np.int64(NOBODY) if number == NONE else _ward(number, net)


@compiled
def _ward(number, net):  # type: ignore[no-untyped-def]
    """Return the slot of the loan of a guarantee."""
    i = number // PLACES
    return i - net.last.size if i >= net.last.size else i


@compiled
def _meet(firm, n, net):  # type: ignore[no-untyped-def]
    """Take a firm for the next member, unless it is one of the `n` so far; return how many."""
    net.members[unsigned(n)] = firm  # kept only if it is new: the processor need not guess
    n += not net.met[unsigned(firm)]
    net.met[unsigned(firm)] = True
    return n


@compiled
def go_through(start, net):  # type: ignore[no-untyped-def]
    """Write the circle of the slot `start`, a number, to `net.members`; return its size."""
    n, k = _meet(start, 0, net), 0
    while k < n:
        firm = np.int64(net.members[unsigned(k)])
        for now in range(2):
            if net.backed[now, unsigned(firm)]:
                first = PLACES * (now * net.last.size + firm)
                for taken in range(first, first + PLACES):
                    if net.guarantor[unsigned(taken)] >= 0:
                        n = _meet(net.guarantor[unsigned(taken)], n, net)
        number = np.int64(net.last[unsigned(firm)])
        while number != NONE:
            n = _meet(_ward(number, net), n, net)
            number = np.int64(net.one_before[unsigned(number)])
        k += 1
    for k in range(n):
        net.met[unsigned(net.members[unsigned(k)])] = False
    return n


@compiled
def give_name(size, after, net):  # type: ignore[no-untyped-def]
    """Name the circle gone through last after a slot; that and its `size` are numbers."""
    for k in range(size):
        net.circle[unsigned(net.members[unsigned(k)])] = after


@compiled
def all_circles(net, live, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return the lowest slot of each slot's component over the guarantees of `live`, (slots,).

    A slot without a guarantee is a component of its own.
    """
    connect(net, live, each, firms, loans, guarantors)
    for i in range(net.circle.size):
        if net.circle[i] == UNNAMED:
            give_name(go_through(i, net), i, net)
    return net.circle.astype(np.int64)


def components(market: Market, lender: int | None = None) -> Rows:
    """Return the lowest slot of each slot's component, (slots,), by loans of one lender or all."""
    if GUARANTORS not in market.own:
        return np.arange(market.slots)
    live = market.live if lender is None else market.live_at(lender)
    return np.asarray(
        all_circles(
            network_of(market), live, market.firms_per_run, market.firms, market.loans,
            market.table(GUARANTORS),
        )
    )  # fmt: skip
