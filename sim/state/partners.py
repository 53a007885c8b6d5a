"""Partners: which firms a borrower finds that guarantee its loan.

Firms are asked in the order of their slots, from a place on that is drawn, so who is found depends
on the month's numbers of the borrower alone.  Whom it makes no sense to ask is passed over by one
byte per firm.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Keys
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.random_numbers import uniform
from sim.state.circles import (
    ALONE,
    NOW,
    UNNAMED,
    connect,
    give_name,
    go_through,
    last_ward,
    link,
    wards,
)
from sim.state.guarantors import NOBODY, PLACES
from sim.state.market import NO_LENDER

LARGE = 32  # firms of a circle that are looked at one after the other
ANYONE, NEW, AT_AN_END, IN_THE_MIDDLE = 0, 1, 2, 3  # whom a borrower looks for


class Sought(NamedTuple):
    """What the borrower in a slot looks for in a guarantor."""

    borrower: np.int64
    sector: np.int64
    place: int  # `NEW` to guarantees, `ANYONE` of a circle, `AT_AN_END` or `IN_THE_MIDDLE` of one
    pairs: bool  # it only pairs
    found: np.int64  # a guarantor that it has found, or `NOBODY`


class Asked(NamedTuple):
    """Who may be asked: the slots of one run, and what tells who only pairs."""

    first: np.int64
    each: int
    keys: Keys  # (slots,) of the firms
    habit: np.uint64  # salt


class Salts(NamedTuple):
    """The salts of what a borrower draws."""

    pattern: np.uint64
    joins: np.uint64
    place: np.uint64
    known: np.uint64
    second_place: np.uint64


BORROWS, IN_A_CIRCLE, SECTOR = 1, 2, 4  # of a mark: two flags, and the unit of the sector
OUT = -1  # the mark of a firm that no bank takes, or that has entered a guarantee this month


@compiled
def _mark(net, firms, loans):  # type: ignore[no-untyped-def]
    """Mark each firm by its sector, if it borrows and if it is in a circle."""
    for i in range(net.marks.size):
        borrows = loans.lender[i] > NO_LENDER
        mark = SECTOR * firms.sector[i] + IN_A_CIRCLE * net.linked[i] + BORROWS * borrows
        taken = firms.alive[i] & ~(borrows & (loans.dpd[i] > 0))  # no branch: many at a time
        net.marks[i] = mark if taken else OUT


@compiled
def _only_pairs(i, asked, rule):  # type: ignore[no-untyped-def]
    return uniform(asked.keys[unsigned(i)], asked.habit) < rule.pairs


@compiled
def _fits(g, sought, asked, net, rule):  # type: ignore[no-untyped-def]
    """Tell whether the firm `g`, whose mark is as wanted, may guarantee the loan."""
    if g == sought.borrower or g == sought.found:
        return False
    if _only_pairs(g, asked, rule) != sought.pairs:
        return False
    gives = wards(g, rule.most, net)
    if sought.place == AT_AN_END and gives > 0:
        return False
    if sought.place == IN_THE_MIDDLE and gives == 0:
        return False
    return gives < rule.most


@compiled
def _next(u, sought, lends, asked, net, rule):  # type: ignore[no-untyped-def]
    """Return the first firm that fits from the place `u` in (0, 1) on, in the order of slots.

    It is alone and, if `lends`, has a loan; or it was in a circle when the month's guarantees
    began, in that of the firm found if there is one.
    """
    wanted = sought.sector * SECTOR + BORROWS
    wanted += 0 if sought.place == NEW else IN_A_CIRCLE
    either = 0 if lends else BORROWS
    circle = UNNAMED if sought.found < 0 else net.circle[unsigned(sought.found)]
    start = asked.first + np.int64(u * asked.each)
    for begin, end in ((start, asked.first + asked.each), (asked.first, start)):
        for g in range(begin, end):
            if (net.marks[unsigned(g)] | either) == wanted:
                inside = circle == UNNAMED or net.circle[unsigned(g)] == circle
                if inside and _fits(g, sought, asked, net, rule):
                    return g
    return np.int64(NOBODY)


@compiled
def _nearest(u, size, sought, asked, net, rule):  # type: ignore[no-untyped-def]
    """Return the first firm that fits from the place `u` on, of the `size` first of `net.members`.

    It was in a circle when the month's guarantees began.
    """
    wanted = sought.sector * SECTOR + IN_A_CIRCLE + BORROWS
    start = asked.first + np.int64(u * asked.each)
    best, nearest = np.int64(NOBODY), np.int64(asked.each)
    for k in range(size):
        g = np.int64(net.members[unsigned(k)])
        away = g - start if g >= start else g - start + asked.each
        nearer = away < nearest and (net.marks[unsigned(g)] | BORROWS) == wanted
        if nearer and _fits(g, sought, asked, net, rule):
            best, nearest = g, away
    return best


@compiled
def _in_the_circle(u, sought, asked, net, rule):  # type: ignore[no-untyped-def]
    """Return the first firm that fits from the place `u` on, of those of the circle of the found.

    All firms of a small circle are looked at; those of a large one, which is named so that they are
    known, are met soon in the order of slots.
    """
    if net.circle[unsigned(sought.found)] == UNNAMED:
        size = go_through(sought.found, net)
        if size <= LARGE:
            return _nearest(u, size, sought, asked, net, rule)
        give_name(size, sought.found, net)
    return _next(u, sought, False, asked, net, rule)


@compiled
def _pattern(u, rule):  # type: ignore[no-untyped-def]
    """Return the place in a circle that a guarantor should have, by a uniform number `u`."""
    drawn = u * (rule.chain + rule.fan + rule.circle)
    if drawn < rule.chain:
        return AT_AN_END
    return IN_THE_MIDDLE if drawn < rule.chain + rule.fan else ANYONE


@compiled
def _two_guarantors(i, sector, asked, salts, net, rule):  # type: ignore[no-untyped-def]
    """Return the guarantors that the firm in slot `i` finds, two slots, `NOBODY` where none."""
    key = asked.keys[unsigned(i)]
    u = uniform(key, salts.place)
    known = uniform(key, salts.known) < rule.borrowers
    one = other = np.int64(NOBODY)
    pairs = _only_pairs(i, asked, rule)
    if pairs and net.linked[unsigned(i)] != ALONE:
        return last_ward(i, net), other  # whom it guarantees guarantees it
    if not pairs and uniform(key, salts.joins) < rule.joins:
        place = _pattern(uniform(key, salts.pattern), rule)
        one = _next(u, Sought(i, sector, place, pairs, one), False, asked, net, rule)
        if one >= 0 and place == ANYONE:
            again = uniform(key, salts.second_place)
            sought = Sought(i, sector, place, pairs, one)
            other = _in_the_circle(again, sought, asked, net, rule)
    alone = Sought(i, sector, NEW, pairs, one)
    if one < 0 and known:
        one = _next(u, alone, True, asked, net, rule)
    if one < 0:
        one = _next(u, alone, False, asked, net, rule)
    return one, other


@compiled
def guarantors_found(rows, needs, each, salts, habit, net, live, firms, loans, guarantors, rule):  # type: ignore[no-untyped-def]
    """Return who guarantees each new loan of `rows` (n,): `firm` and `liable`, (2, n) each.

    Only those that are flagged in `needs` (n,) look for somebody.  `salts` are those of pattern,
    joining, place, acquaintance and second place, `habit` that of who only pairs.
    """
    connect(net, live, each, firms, loans, guarantors)
    _mark(net, firms, loans)
    drawn = Salts(salts[0], salts[1], salts[2], salts[3], salts[4])
    firm = np.zeros((PLACES, rows.size), np.int32)
    liable = np.zeros((PLACES, rows.size))
    for k in range(rows.size):
        if not needs[k]:
            continue
        i, row = rows[k], unsigned(rows[k])
        asked = Asked(np.int64(firms.run[row]) * each, each, firms.key, habit)
        found = _two_guarantors(i, np.int64(firms.sector[row]), asked, drawn, net, rule)
        count = (found[0] >= 0) + (found[1] >= 0)
        if count == 0:
            continue
        link(i, found, net)
        for entered in (i, *found):
            if entered >= 0 and net.linked[unsigned(entered)] == NOW:
                net.marks[unsigned(entered)] = OUT
        for place in range(PLACES):
            g = found[place]
            if g >= 0:
                firm[place, k] = g - asked.first + 1
                liable[place, k] = rule.covers * loans.principal[row] / count
    return firm, liable
