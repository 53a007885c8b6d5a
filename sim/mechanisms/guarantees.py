"""Guarantees: which firm stands surety for a new loan that is not secured enough.

At the grant, a firm short of collateral brings another firm of its sector.  Some firms only pair:
they guarantee whom they are guaranteed by.  The others make a chain (the guarantor guarantees
nobody yet), a fan (one for many: it guarantees others already) or a circle (two guarantors of one
component); with some chance theirs is a firm of a circle that is there already, each as likely as
any other, so a circle grows in proportion to its size.  A bank takes no firm that is in arrears.
Where nobody is found the loan goes without.  A firm says in its application if it brings one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int32s, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.random_numbers import uniform, uniforms_at
from sim.mechanisms.base import MechanismParams
from sim.state.guarantors import GUARANTORS, NOBODY, PLACES, Network, link, network, root_of
from sim.state.market import Market
from sim.state.month import Month
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose

DRAWN = (
    Purpose.GUARANTEE_PATTERN, Purpose.GUARANTEE_JOINS, Purpose.GUARANTOR_PLACE,
    Purpose.GUARANTOR_KNOWN, Purpose.SECOND_GUARANTOR_PLACE,
)  # fmt: skip
ANYONE, ALONE, AT_AN_END, IN_THE_MIDDLE = 0, 1, 2, 3  # whom a borrower looks for


class Guarantees(MechanismParams):
    """Firms that guarantee each other's loans; off where `share` is 0."""

    share: float = param(
        0.0, unit="share", ge=0, le=1, source="A: 0 none; no published figure, swept",
        meaning="share of new loans short of collateral whose firm brings another as guarantor",
    )  # fmt: skip
    enough: float = param(
        1.0, unit="share of loan", ge=0, le=100, source="A: a fully secured loan needs nobody",
        meaning="collateral over the loan from which no guarantor is needed",
    )  # fmt: skip
    covers: float = param(
        1.0, unit="share of loan", ge=0, le=3, source="A: joint liability for the whole loan",
        meaning="what the guarantors of a loan are liable for together, in equal parts",
    )  # fmt: skip
    pairs: float = param(
        0.63, unit="share of firms", ge=0, le=1, source="C: share of firms in components of 2",
        meaning="share of firms that only pair",
    )  # fmt: skip
    joins: float = param(
        0.95, unit="probability", ge=0, le=1, source="C: firms in components of 10 and 20",
        meaning="probability that another firm's guarantor belongs to a circle already",
    )  # fmt: skip
    chain: float = param(
        0.15, unit="weight", ge=0, le=1, source="C: with `fan`, swept",
        meaning="weight of chains among the patterns that are no pairs",
    )  # fmt: skip
    fan: float = param(
        0.25, unit="weight", ge=0, le=1, source="C: firms in components of 10 and 20",
        meaning="weight of one firm for many",
    )  # fmt: skip
    circle: float = param(
        0.6, unit="weight", ge=0, le=1, source="D: 1.24 guarantees a firm outside the pairs",
        meaning="weight of circles",
    )  # fmt: skip
    most: int = param(
        6, unit="count", ge=1, le=1000, source="A: a bank counts what a firm has signed",
        meaning="guarantees that a firm may give at a time",
    )  # fmt: skip
    borrowers: float = param(
        0.9, unit="probability", ge=0, le=1, source="A: banks ask for a firm that they know",
        meaning="probability that a firm looks for a new partner among borrowers of the market",
    )  # fmt: skip

    @checked
    def _some_pattern_has_weight(self) -> Guarantees:
        if self.chain + self.fan + self.circle == 0.0:
            raise ClashError("one of chain, fan and circle must be above 0", "chain")
        return self


class Guaranteed(NamedTuple):
    """Guarantors of new loans."""

    rows: Rows  # (n,) slots of the loans
    firm: Int32s  # (2, n) slot of each guarantor in its run, from 1; 0 is none
    liable: Floats  # (2, n) CNY


@compiled
def _only_pairs(i, firms, net, rule):  # type: ignore[no-untyped-def]
    return uniform(firms.key[i], net.habit) < rule.pairs


@compiled
def _fits(g, i, root, sought, firms, loans, net, rule):  # type: ignore[no-untyped-def]
    """Tell whether firm `g`, of the component `root` if not `NOBODY`, may guarantee loan `i`."""
    if root >= 0 and root_of(net.parents, g) != root:  # the rarest comes first
        return False
    if (net.degree[g] == 0) != (sought.place == ALONE):
        return False
    if g == i or g == sought.found or not firms.alive[g] or firms.sector[g] != firms.sector[i]:
        return False
    if loans.lender[g] >= 0 and loans.dpd[g] > 0:
        return False
    if net.gives[g] >= rule.most or (sought.place == AT_AN_END and net.gives[g] > 0):
        return False
    if sought.place == IN_THE_MIDDLE and net.gives[g] == 0:
        return False
    return _only_pairs(g, firms, net, rule) == sought.pairs


@compiled
def _search(among, i, u, each, sought, firms, loans, net, rule):  # type: ignore[no-untyped-def]
    """Return the first of `among`, ascending, that fits from the place `u` in (0, 1) on."""
    first = np.int64(firms.run[i]) * each
    low, high = np.searchsorted(among, first), np.searchsorted(among, first + each)
    start = np.searchsorted(among, first + np.int64(u * each))
    root = root_of(net.parents, sought.found) if sought.found >= 0 else np.int64(NOBODY)
    for step in range(high - low):
        k = start + step
        if k >= high:
            k -= high - low
        if _fits(among[k], i, root, sought, firms, loans, net, rule):
            return among[k]
    return np.int64(NOBODY)


class Sought(NamedTuple):
    """What a borrower looks for in a guarantor."""

    place: int  # `ALONE`, `ANYONE` of a circle, `AT_AN_END` or `IN_THE_MIDDLE` of one
    pairs: bool  # it only pairs
    found: np.int64  # it must be another firm of this one's component, unless `NOBODY`


@compiled
def _asked(live, firms, net, rule):  # type: ignore[no-untyped-def]
    """Return the slots of firms of circles, of firms that are alone and have a loan, and of all."""
    circles, n = np.empty(net.degree.size, np.int64), 0
    for i in range(net.degree.size):
        if net.degree[i] > 0 and not _only_pairs(i, firms, net, rule):
            circles[n] = i
            n += 1
    return circles[:n], live[net.degree[live] == 0], np.arange(net.degree.size)


@compiled
def _pattern(u, rule):  # type: ignore[no-untyped-def]
    """Return the place in a circle that a guarantor should have, by a uniform number `u`."""
    drawn = u * (rule.chain + rule.fan + rule.circle)
    if drawn < rule.chain:
        return AT_AN_END
    return IN_THE_MIDDLE if drawn < rule.chain + rule.fan else ANYONE


@compiled
def _two_guarantors(i, each, salts, asked, firms, loans, net, rule):  # type: ignore[no-untyped-def]
    """Return the guarantors that the firm in slot `i` finds, two slots, `NOBODY` where none."""
    key = firms.key[i]
    u = uniform(key, salts[2])
    known = uniform(key, salts[3]) < rule.borrowers
    one = other = np.int64(NOBODY)
    pairs = _only_pairs(i, firms, net, rule)
    if pairs and net.degree[i] > 0:
        return net.ward[i], other  # whom it guarantees guarantees it
    if not pairs and uniform(key, salts[1]) < rule.joins:
        place = _pattern(uniform(key, salts[0]), rule)
        sought = Sought(place, pairs, one)
        one = _search(asked[0], i, u, each, sought, firms, loans, net, rule)
        if one >= 0 and place == ANYONE:
            again = uniform(key, salts[4])
            sought = Sought(place, pairs, one)
            other = _search(asked[0], i, again, each, sought, firms, loans, net, rule)
    alone = Sought(ALONE, pairs, one)
    if one < 0 and known:
        one = _search(asked[1], i, u, each, alone, firms, loans, net, rule)
    if one < 0:
        one = _search(asked[2], i, u, each, alone, firms, loans, net, rule)
    return one, other


def promised(market: Market, rows: Rows, collateral: Floats, rule: Guarantees) -> Bools:
    """Return which firms bring a guarantor for a loan of this month, (n,).

    `collateral` (n,) is what they pledge over the loan.
    """
    drawn = uniforms_at(market.firms.key, rows, salt(Purpose.GUARANTEED, market.month))
    return np.asarray((drawn < rule.share) & (collateral < rule.enough))


@compiled
def guarantors_found(rows, needs, each, salts, live, firms, loans, net, rule):  # type: ignore[no-untyped-def]
    """Return who guarantees each new loan of `rows` (n,): `firm` and `liable`, (2, n) each.

    Only those that are flagged in `needs` (n,) look for somebody.  `salts` are those of pattern,
    joining, place, acquaintance and second place.
    """
    asked = _asked(live, firms, net, rule)
    firm = np.zeros((PLACES, rows.size), np.int32)
    liable = np.zeros((PLACES, rows.size))
    for k in range(rows.size):
        if not needs[k]:
            continue
        i = rows[k]
        found = _two_guarantors(i, each, salts, asked, firms, loans, net, rule)
        count = (found[0] >= 0) + (found[1] >= 0)
        for place in range(PLACES):
            g = found[place]
            if g >= 0:
                firm[place, k] = g % each + 1
                liable[place, k] = rule.covers * loans.principal[i] / count
                link(i, g, net.parents, net.degree, net.gives, net.ward)
    return firm, liable


def bring_guarantors(month: Month) -> Guaranteed | None:
    """Find the firms that guarantee the loans which banks made this month."""
    rule = month.params(Guarantees)
    if rule.share == 0.0:
        return None
    market, loans, live = month.market, month.market.loans, month.market.live
    rows = live[(loans.granted[live] == month.number) & (loans.lender[live] < market.rival)]
    if not rows.size:
        return None
    each, numbers, guarantors = market.firms_per_run, rule.record(), market.table(GUARANTORS)
    parents, degree, gives, ward = network(live, each, market.firms, loans, guarantors)
    net = Network(parents, degree, gives, ward, salt(Purpose.GUARANTEE_HABIT, 0))
    salts = np.array([salt(purpose, month.number) for purpose in DRAWN], np.uint64)
    needs = promised(market, rows, loans.collateral[rows] / loans.principal[rows], rule)
    firm, liable = guarantors_found(
        rows, needs, each, salts, live, market.firms, loans, net, numbers
    )
    return Guaranteed(rows, firm, liable)


@posting(writes=(GUARANTORS,))
def post_guarantors(to: Written, brought: Guaranteed) -> None:
    """Post who guarantees each new loan, and for how much."""
    guarantors = to.table(GUARANTORS)
    guarantors.firm[:, brought.rows] = brought.firm
    guarantors.liable[:, brought.rows] = brought.liable
