"""Partners: which firms a borrower finds that guarantee its loan.

Firms are asked in the order of their slots, from a place on that is drawn, so who is found depends
on the month's numbers of the borrower alone.  Whom it makes no sense to ask is passed over by one
byte per firm.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Int8s
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.random_numbers import uniform
from sim.state.circles import ALONE, BEFORE, NOW, connect, link, root_of
from sim.state.guarantors import NOBODY, PLACES
from sim.state.market import NO_LENDER

LARGE = 32  # firms of a circle that are visited one after the other
ANYONE, NEW, AT_AN_END, IN_THE_MIDDLE = 0, 1, 2, 3  # whom a borrower looks for


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
    marks: Int8s  # (slots,) see `_marks`


BORROWS, IN_A_CIRCLE, SECTOR = 1, 2, 4  # of a mark: two flags, and the unit of the sector
OUT = -1  # the mark of a firm that has entered a guarantee this month


@compiled
def _marks(net, firms, loans):  # type: ignore[no-untyped-def]
    """Return a mark for each firm, (slots,): sector, if it borrows, if it is in a circle."""
    marks = np.empty(firms.key.size, np.int8)
    for i in range(marks.size):
        borrows = np.int8(loans.lender[i] > NO_LENDER)
        marks[i] = SECTOR * firms.sector[i] + IN_A_CIRCLE * net.linked[i] + BORROWS * borrows
    return marks


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
    wanted = np.int64(firms.sector[unsigned(sought.borrower)]) * SECTOR + BORROWS
    wanted += 0 if sought.place == NEW else IN_A_CIRCLE
    either = 0 if lends else BORROWS
    root = np.int64(NOBODY)
    if sought.found >= 0:
        root = root_of(net.parents, sought.found)
    start = asked.first + np.int64(u * asked.each)
    for begin, end in ((start, asked.first + asked.each), (asked.first, start)):
        for g in range(begin, end):
            if (asked.marks[unsigned(g)] | either) == wanted:
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


@compiled
def guarantors_found(rows, needs, each, salts, habit, net, live, firms, loans, guarantors, rule):  # type: ignore[no-untyped-def]
    """Return who guarantees each new loan of `rows` (n,): `firm` and `liable`, (2, n) each.

    Only those that are flagged in `needs` (n,) look for somebody.  `salts` are those of pattern,
    joining, place, acquaintance and second place, `habit` that of who only pairs.
    """
    connect(net, live, each, firms, loans, guarantors)
    marks = _marks(net, firms, loans)
    firm = np.zeros((PLACES, rows.size), np.int32)
    liable = np.zeros((PLACES, rows.size))
    for k in range(rows.size):
        if not needs[k]:
            continue
        i = rows[k]
        asked = Asked(np.int64(firms.run[i]) * each, each, habit, marks)
        found = _two_guarantors(i, asked, salts, firms, loans, net, rule)
        count = (found[0] >= 0) + (found[1] >= 0)
        for place in range(PLACES):
            g = found[place]
            if g >= 0:
                firm[place, k] = g % each + 1
                liable[place, k] = rule.covers * loans.principal[i] / count
                link(i, g, NOW, net)
                for entered in (i, g):
                    if net.linked[unsigned(entered)] == NOW:
                        marks[unsigned(entered)] = OUT
    return firm, liable
