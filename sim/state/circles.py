"""Circles: the components that firms make which guarantee each other's loans.

They are worked out where they are needed, in one pass over the loans that have guarantors.  Every
firm of a component leads to another one, the last to the first, so that to visit a circle is to go
round it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Int8s, Int32s, Rows
from sim.core.compiled import compiled
from sim.core.face import face_of
from sim.core.indexing import unsigned
from sim.state.guarantors import GUARANTORS, NOBODY, PLACES, guarantor_of, with_guarantors
from sim.state.market import Market

ALONE, BEFORE, NOW, SEEN = 0, 1, 2, 3  # since when a firm has been in a guarantee


class Network(NamedTuple):
    """Who is tied to whom, all (slots,); only `linked` is set where a firm is alone."""

    linked: Int8s  # `ALONE`; `BEFORE` this month's guarantees; `NOW`; or `SEEN` by a search
    parents: Int32s  # leads to the root of its component, see `root_of`
    following: Int32s  # the next firm round its component
    gives: Int32s  # guarantees given
    ward: Int32s  # the last firm that it guarantees, or `NOBODY`


def network_of(market: Market) -> Network:
    """Return the memory for a network, which is filled again wherever one is needed."""
    if Network not in market.scratch:
        kinds, slots = (np.int8, np.int32, np.int32, np.int32, np.int32), market.slots
        market.scratch[Network] = face_of(Network, [np.zeros(slots, kind) for kind in kinds])
    found: Network = market.scratch[Network]
    return found


@compiled
def root_of(parents, i):  # type: ignore[no-untyped-def]
    """Return the root of the component of slot `i`, a number, and shorten the way to it.

    `parents` (slots,) leads from each slot towards its root.
    """
    at, up = np.int64(i), np.int64(parents[unsigned(i)])
    while up != at:
        further = parents[unsigned(up)]
        parents[unsigned(at)] = further
        at, up = np.int64(further), np.int64(parents[unsigned(further)])
    return at


@compiled
def join(parents, following, i, j):  # type: ignore[no-untyped-def]
    """Make one component of those of the slots `i` and `j`, numbers.

    `parents` and `following` are those of `Network`; the lower root stands for both.
    """
    one, other = root_of(parents, i), root_of(parents, j)
    if one == other:
        return
    parents[unsigned(max(one, other))] = min(one, other)
    of_one, of_other = following[unsigned(i)], following[unsigned(j)]
    following[unsigned(i)], following[unsigned(j)] = of_other, of_one


@compiled
def _enter(firm, since, net):  # type: ignore[no-untyped-def]
    """Make a firm that is alone a component of its own."""
    row = unsigned(firm)
    if net.linked[row] == ALONE:
        net.linked[row] = since
        net.parents[row] = net.following[row] = firm
        net.gives[row] = 0
        net.ward[row] = NOBODY


@compiled
def link(i, g, since, net):  # type: ignore[no-untyped-def]
    """Note that the firm in slot `g` guarantees the loan in `i`, numbers, as of `since`."""
    _enter(i, since, net)
    _enter(g, since, net)
    join(net.parents, net.following, i, g)
    net.gives[unsigned(g)] += 1
    net.ward[unsigned(g)] = i


@compiled
def connect(net, live, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Fill a network with the guarantees of the loans `live` (n,), and nothing else."""
    net.linked[:] = ALONE
    rows = with_guarantors(live, guarantors)
    for k in range(rows.size):
        for place in range(PLACES):
            g = guarantor_of(rows[k], place, each, firms, loans, guarantors)
            if g >= 0:
                link(rows[k], g, BEFORE, net)


@compiled
def round_from(start, net):  # type: ignore[no-untyped-def]
    """Return the slots of the component of the slot `start`, a number, and mark them as `SEEN`."""
    n, firm = 1, np.int64(net.following[start])
    while firm != start:
        n += 1
        firm = net.following[firm]
    members = np.empty(n, np.int64)
    for k in range(n):
        members[k] = firm
        net.linked[firm] = SEEN
        firm = net.following[firm]
    return members


@compiled
def all_roots(net, live, each, firms, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return the root of each slot's component over the guarantees of the loans `live`, (slots,).

    A slot without a guarantee is its own root.
    """
    connect(net, live, each, firms, loans, guarantors)
    roots = np.arange(firms.key.size)
    for i in range(roots.size):
        if net.linked[i] != ALONE:
            roots[i] = root_of(net.parents, i)
    return roots


def components(market: Market, lender: int | None = None) -> Rows:
    """Return the root of each slot's component, (slots,), by the loans of one lender or of all."""
    if GUARANTORS not in market.own:
        return np.arange(market.slots)
    live = market.live if lender is None else market.live_at(lender)
    return np.asarray(
        all_roots(
            network_of(market), live, market.firms_per_run, market.firms, market.loans,
            market.table(GUARANTORS),
        )
    )  # fmt: skip
