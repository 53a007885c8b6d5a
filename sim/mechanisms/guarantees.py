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
from sim.core.indexing import put, unsigned
from sim.core.params import checked, param
from sim.core.random_numbers import uniform, uniforms_at
from sim.mechanisms.base import MechanismParams
from sim.state.circles import ALONE, BEFORE, NOW, connect, link, network_of, root_of
from sim.state.guarantors import GUARANTORS, NOBODY, PLACES
from sim.state.market import NO_LENDER, Market
from sim.state.month import Month
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose

DRAWN = (
    Purpose.GUARANTEE_PATTERN, Purpose.GUARANTEE_JOINS, Purpose.GUARANTOR_PLACE,
    Purpose.GUARANTOR_KNOWN, Purpose.SECOND_GUARANTOR_PLACE,
)  # fmt: skip
LARGE = 32  # firms of a circle that are visited one after the other
ANYONE, NEW, AT_AN_END, IN_THE_MIDDLE = 0, 1, 2, 3  # whom a borrower looks for


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


class Sought(NamedTuple):
    """What the borrower in a slot looks for in a guarantor."""

    borrower: np.int64
    place: int  # `NEW` to guarantees, `ANYONE` of a circle, `AT_AN_END` or `IN_THE_MIDDLE` of one
    pairs: bool  # it only pairs
    found: np.int64  # a guarantor that it has found, or `NOBODY`


class Asked(NamedTuple):
    """Who may be asked: the slots of one run."""

    first: np.int64
    each: int
    habit: np.uint64  # salt of the draw that tells who only pairs


@compiled
def _only_pairs(i, firms, habit, rule):  # type: ignore[no-untyped-def]
    return uniform(firms.key[i], habit) < rule.pairs


@compiled
def _fits(g, sought, habit, firms, loans, net, rule):  # type: ignore[no-untyped-def]
    """Tell whether firm `g` may guarantee the loan."""
    row = unsigned(g)
    if firms.sector[row] != firms.sector[unsigned(sought.borrower)] or not firms.alive[row]:
        return False
    if g == sought.borrower or g == sought.found:
        return False
    if loans.lender[row] >= 0 and loans.dpd[row] > 0:
        return False
    gives = 0 if net.linked[row] == ALONE else net.gives[row]
    if gives >= rule.most or (sought.place == AT_AN_END and gives > 0):
        return False
    if sought.place == IN_THE_MIDDLE and gives == 0:
        return False
    return _only_pairs(row, firms, habit, rule) == sought.pairs


@compiled
def _next(u, sought, lends, asked, firms, loans, net, rule):  # type: ignore[no-untyped-def]
    """Return the first firm that fits from the place `u` in (0, 1) on, in the order of slots.

    It is alone and, if `lends`, has a loan; or it was in a circle when the month's guarantees
    began, in that of the firm found if there is one.
    """
    since = ALONE if sought.place == NEW else BEFORE
    sector = firms.sector[unsigned(sought.borrower)]
    least = 0 if lends else NO_LENDER
    root = np.int64(NOBODY)
    if sought.found >= 0:
        root = root_of(net.parents, sought.found)
    start = asked.first + np.int64(u * asked.each)
    for begin, end in ((start, asked.first + asked.each), (asked.first, start)):
        for g in range(begin, end):
            at = unsigned(g)  # three flags and one branch, which the processor can guess
            near = (net.linked[at] == since) & (firms.sector[at] == sector)
            if near & (loans.lender[at] >= least):
                inside = root == NOBODY or root_of(net.parents, g) == root
                if inside and _fits(g, sought, asked.habit, firms, loans, net, rule):
                    return g
    return np.int64(NOBODY)


@compiled
def _in_the_circle(u, sought, asked, firms, loans, net, rule):  # type: ignore[no-untyped-def]
    """Return the first firm that fits from the place `u` on, of those of the circle of the found.

    A small circle is gone round; the firms of a large one are met soon in the order of slots.
    """
    start = asked.first + np.int64(u * asked.each)
    best, nearest = np.int64(NOBODY), np.int64(asked.each)
    g = np.int64(net.following[unsigned(sought.found)])
    for _ in range(LARGE):
        if g == sought.found:
            return best
        away = g - start if g >= start else g - start + asked.each
        nearer = away < nearest and net.linked[unsigned(g)] == BEFORE
        if nearer and _fits(g, sought, asked.habit, firms, loans, net, rule):
            best, nearest = g, away
        g = np.int64(net.following[unsigned(g)])
    return _next(u, sought, False, asked, firms, loans, net, rule)


@compiled
def _pattern(u, rule):  # type: ignore[no-untyped-def]
    """Return the place in a circle that a guarantor should have, by a uniform number `u`."""
    drawn = u * (rule.chain + rule.fan + rule.circle)
    if drawn < rule.chain:
        return AT_AN_END
    return IN_THE_MIDDLE if drawn < rule.chain + rule.fan else ANYONE


@compiled
def _two_guarantors(i, asked, salts, firms, loans, net, rule):  # type: ignore[no-untyped-def]
    """Return the guarantors that the firm in slot `i` finds, two slots, `NOBODY` where none."""
    key = firms.key[i]
    u = uniform(key, salts[2])
    known = uniform(key, salts[3]) < rule.borrowers
    one = other = np.int64(NOBODY)
    pairs = _only_pairs(i, firms, asked.habit, rule)
    if pairs and net.linked[i] != ALONE:
        return np.int64(net.ward[i]), other  # whom it guarantees guarantees it
    if not pairs and uniform(key, salts[1]) < rule.joins:
        place = _pattern(uniform(key, salts[0]), rule)
        sought = Sought(i, place, pairs, one)
        one = _next(u, sought, False, asked, firms, loans, net, rule)
        if one >= 0 and place == ANYONE:
            again = uniform(key, salts[4])
            other = _in_the_circle(
                again, Sought(i, place, pairs, one), asked, firms, loans, net, rule
            )
    alone = Sought(i, NEW, pairs, one)
    if one < 0 and known:
        one = _next(u, alone, True, asked, firms, loans, net, rule)
    if one < 0:
        one = _next(u, alone, False, asked, firms, loans, net, rule)
    return one, other


def promised(market: Market, rows: Rows, collateral: Floats, rule: Guarantees) -> Bools:
    """Return which firms bring a guarantor for a loan of this month, (n,).

    `collateral` (n,) is what they pledge over the loan.
    """
    drawn = uniforms_at(market.firms.key, rows, salt(Purpose.GUARANTEED, market.month))
    return np.asarray((drawn < rule.share) & (collateral < rule.enough))


@compiled
def guarantors_found(rows, needs, each, salts, habit, net, live, firms, loans, guarantors, rule):  # type: ignore[no-untyped-def]
    """Return who guarantees each new loan of `rows` (n,): `firm` and `liable`, (2, n) each.

    Only those that are flagged in `needs` (n,) look for somebody.  `salts` are those of pattern,
    joining, place, acquaintance and second place, `habit` that of who only pairs.
    """
    connect(net, live, each, firms, loans, guarantors)
    firm = np.zeros((PLACES, rows.size), np.int32)
    liable = np.zeros((PLACES, rows.size))
    for k in range(rows.size):
        if not needs[k]:
            continue
        i = rows[k]
        asked = Asked(np.int64(firms.run[i]) * each, each, habit)
        found = _two_guarantors(i, asked, salts, firms, loans, net, rule)
        count = (found[0] >= 0) + (found[1] >= 0)
        for place in range(PLACES):
            g = found[place]
            if g >= 0:
                firm[place, k] = g % each + 1
                liable[place, k] = rule.covers * loans.principal[i] / count
                link(i, g, NOW, net)
    return firm, liable


@compiled
def _granted_now(live, month, rival, loans):  # type: ignore[no-untyped-def]
    """Return the loans of `live` that banks granted this month, (n,)."""
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        i = unsigned(live[k])
        rows[unsigned(n)] = live[k]
        n += (loans.granted[i] == month) & (loans.lender[i] < rival)
    return rows[:n].copy()


def bring_guarantors(month: Month) -> Guaranteed | None:
    """Find the firms that guarantee the loans which banks made this month."""
    rule = month.params(Guarantees)
    if rule.share == 0.0:
        return None
    market, loans, live = month.market, month.market.loans, month.market.live
    rows = _granted_now(live, month.number, market.rival, loans)
    if not rows.size:
        return None
    needs = promised(market, rows, loans.collateral[rows] / loans.principal[rows], rule)
    salts = np.array([salt(purpose, month.number) for purpose in DRAWN], np.uint64)
    firm, liable = guarantors_found(
        rows, needs, market.firms_per_run, salts, salt(Purpose.GUARANTEE_HABIT, 0),
        network_of(market), live, market.firms, loans, market.table(GUARANTORS), rule.record(),
    )  # fmt: skip
    return Guaranteed(rows, firm, liable)


@posting(writes=(GUARANTORS,))
def post_guarantors(to: Written, brought: Guaranteed) -> None:
    """Post who guarantees each new loan, and for how much."""
    guarantors = to.table(GUARANTORS)
    for place in range(PLACES):
        put(guarantors.firm[place], brought.rows, brought.firm[place])
        put(guarantors.liable[place], brought.rows, brought.liable[place])
