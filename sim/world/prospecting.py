"""Prospecting: how many firms in need of credit come to a bank, and who those are that it adds.

reach = b_0 + (1 - b_0) (h (1 + x))^g, h the hours of prospecting over the usual ones, x what the
plan adds to them, -1 to m.  What the plan asks for beyond the officers' own hours, h max(x, 0), is
bought and paid by the hour.  Returns diminish, so each further applicant costs more than the one
before.  Applications to a bank are in proportion to its reach.  Of the applicants beyond a reach of
1, a share rho comes because another lender refused them: those are firms whom a rival would refuse
by the reading that it quotes from (`sim.world.take_up`), so the firms that come are those that the
rival does not want.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import rows_where, unsigned
from sim.core.params import Params, param
from sim.core.random_numbers import normal_quantile, uniform, uniforms_at
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world.rival import rival_noise


class Prospects(Params):
    """How firms respond to a bank's prospecting."""

    respond: bool = param(
        False, unit="switch", source="A: a plan that nobody works for makes nothing grow",
        meaning="applications to a bank follow its prospecting; if not, need alone",
    )  # fmt: skip
    walk_ins: float = param(
        0.4, unit="share", gt=0, le=1, source="A: branches and name; swept",
        meaning="b_0: share of usual applications that come without prospecting",
    )  # fmt: skip
    returns: float = param(
        0.7, unit="exponent", ge=0, le=1, source="A: diminishing returns; swept",
        meaning="g: exponent of the other applications in the hours of prospecting",
    )  # fmt: skip
    refused_before: float = param(
        0.5, unit="share", ge=0, le=1, source="A: winner's curse; swept",
        meaning="rho: share of added applicants who come because another lender refused them",
    )  # fmt: skip
    refused_share: float = param(
        0.4, unit="share of firms", gt=0, lt=1, source="A: approval .40-.65; swept",
        meaning="share of all firms that other lenders refuse, those with the worst readings",
    )  # fmt: skip


def reach(hours: Floats, more: Floats, prospects: Prospects) -> Floats:
    """Return the reach of one bank, (runs,); 1 is usual.

    `hours` (runs,) are those of prospecting over the usual ones, `more` (runs,) is x, what its plan
    adds to them, at least -1.
    """
    worked = hours * (1.0 + more)
    return np.asarray(prospects.walk_ins + (1.0 - prospects.walk_ins) * worked**prospects.returns)


def added(wanted: Floats, hours: Floats, most: float, prospects: Prospects) -> Floats:
    """Return x, what a plan that wants this reach adds to the officers' own hours, (runs,).

    x = ((r - b_0) / (1 - b_0))^(1/g) / h - 1, from -1 to `most`, or from -`most` if that is below
    1; 0 where search brings nobody: `wanted` (runs,) is r, `hours` (runs,) are h.
    """
    if prospects.returns == 0.0 or prospects.walk_ins == 1.0:
        return np.zeros_like(hours)
    missing = np.maximum(wanted - prospects.walk_ins, 0.0) / (1.0 - prospects.walk_ins)
    own = np.where(hours > 0.0, hours, 1.0)
    more = missing ** (1.0 / prospects.returns) / own - 1.0
    more = np.minimum(np.maximum(more, -min(most, 1.0)), most)
    return np.where(hours > 0.0, more, 0.0)


def bought(hours: Floats, more: Floats) -> Floats:
    """Return the prospecting that a plan asks for beyond the officers' own hours, (runs,).

    In usual prospecting, as `hours`; none where the plan asks for less.
    """
    return np.asarray(hours * np.maximum(more, 0.0))


def price_of_search(bought: Floats, usual: Floats, each: float, prospects: Prospects) -> Floats:
    """Return what bought prospecting costs, (runs,), CNY.

    each (1 - b_0) usual bought: `usual` (runs,) are the applications at a reach of 1, of which
    usual prospecting finds the share 1 - b_0 at the price `each`, CNY; twice the work costs twice
    as much.
    """
    return np.asarray(each * (1.0 - prospects.walk_ins) * usual * bought)


@compiled
def weight(reach, refused, prospects):  # type: ignore[no-untyped-def]
    """Return the chance that a firm comes, over the usual one; a number, as are the arguments."""
    added = max(reach - 1.0, 0.0)
    by_refusal = prospects.refused_before * refused / prospects.refused_share
    return min(reach, 1.0) + added * (1.0 - prospects.refused_before + by_refusal)


@compiled
def refused_elsewhere(theta, noise, precision, share):  # type: ignore[no-untyped-def]
    """Tell whether a rival's reading of a firm is among the lowest `share`; all are numbers."""
    spread = math.sqrt(1.0 + 1.0 / precision)
    return theta + noise / math.sqrt(precision) < spread * normal_quantile(share)


@compiled
def may_come(needs, reach, firms, prospects, need_salt):  # type: ignore[no-untyped-def]
    """Return the slots that come if the rival refuses them, (n,): no others need be looked at.

    `needs` (slots,) are the chances of need where reach is usual; `reach` is (banks, runs).
    """
    banks, runs = reach.shape
    most, may = np.zeros(runs), np.empty(needs.size, np.bool_)
    for run in range(runs):
        for bank in range(banks):
            at_most = weight(reach[bank, run], True, prospects)
            most[run] += max(at_most, weight(reach[bank, run], False, prospects))
        most[run] /= banks
    for i in range(needs.size):  # all are drawn, so that the processor does several at a time
        may[i] = uniform(firms.key[i], need_salt) < needs[i] * most[unsigned(firms.run[i])]
    return rows_where(may)


@compiled
def in_question(rows, needs, reach, firms, prospects, need_salt):  # type: ignore[no-untyped-def]
    """Return the places in `rows` (n,) where it matters whether the rival refuses, ascending.

    Where firms ask one bank, it matters if only one of both chances of coming is above what was
    drawn; where they choose among several, if a bank's weight depends on it.
    """
    banks = reach.shape[0]
    matters = np.zeros(rows.size, np.bool_)
    for k in range(rows.size):
        i = unsigned(rows[k])
        usual = refused = 0.0
        for bank in range(banks):
            here = reach[bank, firms.run[i]]
            one, other = weight(here, False, prospects), weight(here, True, prospects)
            usual, refused = usual + one, refused + other
            matters[k] |= one != other
        if banks == 1 and matters[k]:
            draw = uniform(firms.key[i], need_salt)
            matters[k] = (draw < needs[i] * usual) != (draw < needs[i] * refused)
    return rows_where(matters)


@compiled
def come(rows, noise, needs, reach, firms, prospects, precision, need_salt):  # type: ignore[no-untyped-def]
    """Return who comes, (slots,), and the weight of each bank for them, (banks, slots), else 0.

    `rows` (n,) are those who may come, `noise` (n,) that of the rival's reading where it matters,
    `needs` (slots,) the chances of need where reach is usual, `reach` is (banks, runs), `precision`
    a number.
    """
    banks = reach.shape[0]
    weights = np.zeros((banks, needs.size))
    comes = np.zeros(needs.size, np.bool_)
    for k in range(rows.size):
        i = unsigned(rows[k])
        refused = refused_elsewhere(firms.theta[i], noise[k], precision, prospects.refused_share)
        total = 0.0
        for bank in range(banks):
            weights[bank, i] = weight(reach[bank, firms.run[i]], refused, prospects)
            total += weights[bank, i]
        comes[i] = uniform(firms.key[i], need_salt) < needs[i] * (total / banks)
    return comes, weights


@compiled
def ask_by_reach(in_need, weights, firms, relations, month, bank_salt):  # type: ignore[no-untyped-def]
    """Return which of the slots `in_need` (n,) apply to a bank, and to which, both (n,).

    A bank is drawn in proportion to its `weights` (banks, slots); where all are equal, it is that
    of `sim.world.demand.ask_a_bank`.
    """
    draws = uniforms_at(firms.key, in_need, bank_salt)
    rows, lender = np.empty(in_need.size, np.int64), np.empty(in_need.size, np.int8)
    n, banks = 0, weights.shape[0]
    for k in range(in_need.size):
        i = unsigned(in_need[k])
        left = draws[k] * weights[:, i].sum()
        bank = 0
        while bank < banks - 1 and left >= weights[bank, i]:
            left -= weights[bank, i]
            bank += 1
        rows[n], lender[n] = in_need[k], bank
        n += relations.listed_until[bank * firms.key.size + in_need[k]] <= month
    return rows[:n].copy(), lender[:n].copy()


class Prospected(NamedTuple):
    """What decides who comes to which bank."""

    reach: Floats  # (banks, runs)
    prospects: Prospects
    precision: float  # of a rival's reading of quality, 1/sd^2
    shared: float  # share of the noise in that reading that misleads the banks too


def who_comes(market: Market, chances: Floats, prospected: Prospected) -> tuple[Bools, Floats]:
    """Return which firms come to a bank, (slots,), and each bank's weight for them, (banks, slots).

    `chances` (slots,) are those of need where the reach of every bank is usual.  The weight of an
    only bank, which decides nothing, is not looked into.
    """
    rule, reach, firms = prospected.prospects.record(), prospected.reach, market.firms
    drawn = salt(Purpose.NEED, market.month)
    rows = may_come(chances, reach, firms, rule, drawn)
    at, noise = in_question(rows, chances, reach, firms, rule, drawn), np.zeros(rows.size)
    noise[at] = rival_noise(market, rows[at], prospected.shared)
    comes, weights = come(rows, noise, chances, reach, firms, rule, prospected.precision, drawn)
    return comes, weights
