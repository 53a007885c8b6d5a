"""Choosing: what firms do that applied to several banks, or for which waiting is costly.

A firm answers once for all offers of a month: it takes the cheapest, including the cost of waiting,
if its other alternatives are no better.  A firm that has an offer does not walk away.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.random_numbers import pair_uniforms_at, uniforms_at
from sim.state.market import NEVER, NO_LENDER, Market
from sim.state.purposes import Purpose
from sim.world.take_up import TakeUp

AT_ONCE = -1.0  # days: before any answer


class Offers(NamedTuple):
    """What all banks answer this month to the firms `rows` (n,); matrices are (banks, n)."""

    rows: Rows
    due: Bools  # the bank's decision is due
    made: Bools  # and it is an offer
    effective_rate: Floats  # 1/year, the rate offered plus the firm's lost goodwill
    days: Floats  # from application to answer
    expected_rate: Floats  # 1/year, as the firm expects of each bank; inf where none is open


class Chosen(NamedTuple):
    """What the firms do."""

    walked: Bools  # (banks, n) of the due: left before this answer
    taken: Rows  # (n,) bank whose offer is taken, or NO_LENDER
    lost: Rows  # (n,) bank whose offer, the firm's best, lost to the rival's, or NO_LENDER
    left: Rows  # (n,) due bank that was left for the rival's quote, or NO_LENDER
    gone: Bools  # (n,) left before an answer


@compiled
def _waited(rows, slots, requests):  # type: ignore[no-untyped-def]
    days = np.zeros(rows.size)
    for j in range(rows.size):
        made = NEVER
        for at in range(rows[j], requests.lender.size, slots):
            if requests.lender[at] >= 0:
                made = requests.made[at]
        for at in range(rows[j], requests.lender.size, slots):
            if requests.lender[at] < 0 and requests.made[at] == made:
                days[j] = max(days[j], requests.days[at])
    return days


def already_waited(market: Market, rows: Rows) -> Floats:
    """Return how long each firm had waited at the last answer to this application, (n,) days."""
    days: Floats = _waited(rows, market.slots, market.applications)
    return days


@compiled
def leaves_at_once(expected_rate, days, waited, waiting, least, own, rival):  # type: ignore[no-untyped-def]
    """Return which firms will not wait for any bank, shape (n,).

    `hoped`, 1/year, and `days` are (banks, n), all others but `least` (n,).
    By waiting, a firm expects to save the cost of its alternatives above the rate it hopes for, and
    `least` (1/year) at minimum.
    """
    leaves = np.zeros(waiting.size, np.bool_)
    for j in range(waiting.size):
        if waiting[j] > 0.0:
            worth = False
            for b in range(expected_rate.shape[0]):
                saving = max(min(own[j], rival[j]) - expected_rate[b, j], least)
                if expected_rate[b, j] < np.inf and waiting[j] * (days[b, j] - waited[j]) <= saving:
                    worth = True
            leaves[j] = not worth
    return leaves


def patience_days(market: Market, rows: Rows, waited: Floats, take_up: TakeUp) -> Floats:
    """Return after how many days since application each firm walks away, shape (n,)."""
    hazard = np.full(rows.size, take_up.walk_away_daily)
    if take_up.walk_away_tilt:
        hazard *= np.exp(take_up.walk_away_tilt * market.firms.theta[rows])
    draws = uniforms_at(market.firms.key, rows, salt(Purpose.WALK_AWAY, market.month))
    with np.errstate(divide="ignore"):
        borne: Floats = waited - np.log1p(-draws) / hazard
    return borne


@compiled
def _earliest(counts, days, tie, j):  # type: ignore[no-untyped-def]
    """Return the bank whose answer reaches firm j first, among those in `counts` (banks, n)."""
    best, least = NO_LENDER, (np.inf, np.inf)
    for b in range(days.shape[0]):
        rank = (days[b, j], tie[b, j])
        if counts[b, j] and rank < least:
            best, least = b, rank
    return best


@compiled
def _best(offers, waiting, highest, tie, j):  # type: ignore[no-untyped-def]
    """Return the bank with the best offer for firm j, and whether the firm accepts it.

    An offer above the `highest` acceptable rate ranks below any offer under it, whatever waiting
    costs.
    """
    best, least = NO_LENDER, (np.inf, np.inf, np.inf)
    for b in range(offers.made.shape[0]):
        effective_rate = offers.effective_rate[b, j]
        total = effective_rate + waiting[j] * offers.days[b, j]
        rank = (1.0 * (effective_rate > highest), total, tie[b, j])
        if offers.made[b, j] and rank < least:
            best, least = b, rank
    return best, least[0] == 0.0


@compiled
def _choose(offers, borne, leaves, waiting, own, rival, tie):  # type: ignore[no-untyped-def]
    banks, n = offers.due.shape
    walked, gone = np.zeros((banks, n), np.bool_), np.zeros(n, np.bool_)
    taken, lost, left = np.full(n, NO_LENDER), np.full(n, NO_LENDER), np.full(n, NO_LENDER)
    for j in range(n):
        until = AT_ONCE if leaves[j] else borne[j]
        first, last = np.inf, AT_ONCE
        for b in range(banks):
            if offers.made[b, j]:
                first = min(first, offers.days[b, j])
            if offers.due[b, j]:
                last = max(last, offers.days[b, j])
        has_rival = rival[j] <= own[j]
        gone[j] = until < min(first, last)
        if gone[j]:
            for b in range(banks):
                walked[b, j] = offers.due[b, j] and until < offers.days[b, j]
            if leaves[j] and has_rival:
                left[j] = _earliest(walked, offers.days, tie, j)
            continue
        bank, suits = _best(offers, waiting, min(own[j], rival[j]), tie, j)
        if suits:
            taken[j] = bank
        elif has_rival:
            lost[j] = bank
    return walked, taken, lost, left, gone


def choose(
    market: Market,
    offers: Offers,
    borne: Floats,
    leaves: Bools,
    waiting: Floats,
    own: Floats,
    rival: Floats,
) -> Chosen:
    """Return what each firm does; the last five arguments are (n,).

    `borne` are the days after which it walks away, `leaves` says that it waits for no bank,
    `waiting` is the cost of a day (1/year), `own` its reservation rate (1/year) and `rival` the
    rival's quote (1/year).  Ties between equal offers are broken at random, not by the order of
    banks.
    """
    ties = salt(Purpose.TIE, market.month)
    tie = np.stack(
        [
            pair_uniforms_at(market.firms.key, offers.rows, market.bank_keys[bank], ties)
            for bank in range(len(market.banks))
        ]
    )
    return Chosen(*_choose(offers, borne, leaves, waiting, own, rival, tie))
