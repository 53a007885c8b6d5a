"""Lasting noise: what belongs to a firm in every reading of it, and moves as fast as its quality.

At the end of each quarter of its life it is drawn again with chance 1 - rho, so its autocorrelation
is that of quality, rho a quarter.  It is a function of the firm's key and age alone, so it is in no
table; when it was drawn last is remembered, only so that nobody looks through the same quarters of
the same firm's life again.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Int16s, Keys, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.random_numbers import make_normal, normals_at, uniform
from sim.state.market import Market
from sim.state.population import QUARTER
from sim.state.purposes import Purpose

AT_ONCE = 16  # quarters for which salts are made together
LASTING = 8  # salts of a quarter, at least as many as there are kinds of lasting noise


class Renewals:
    """Marks the memory of when noise was drawn last, by reader, in `Market.scratch`."""


class Quarters(NamedTuple):
    """The salts of some kinds of noise in each quarter of a firm's life, (kinds, quarters) each."""

    renewed: Keys  # of the chance that a quarter renews it
    later: Keys  # of what is drawn then


@compiled
def moving_noise(rows, keys, born, when, kept, first, renewed, later, known):  # type: ignore[no-untyped-def]
    """Return the firms' own noise in a month in which quality moves, (n,), standard normal.

    It was last drawn in the latest quarter of a firm's life in which chance renewed it, else at
    birth, with the salt `first`.  `renewed` and `later` (quarters,) are salts of that chance, and
    of the noise drawn then.  `rows` is (n,), `keys` and `born` (slots,); `kept` is rho; `when`
    holds the month and a month before all.  `known` (2, slots) is brought up to date: the month up
    to which it holds, counted from that one, and the quarter in which noise was last drawn.
    """
    month, beginning = when
    noise = np.empty(rows.size)
    for j in range(rows.size):
        i = unsigned(rows[j])
        quarter = (month - born[i]) // QUARTER
        before = last = np.int64(0)
        seen = beginning + known[0, i]
        if born[i] < seen and seen <= month:  # of this firm, not of one that had its slot before
            before, last = (seen - born[i]) // QUARTER, np.int64(known[1, i])
        while quarter > before and uniform(keys[i], renewed[quarter]) < kept:
            quarter -= 1
        if quarter <= before:
            quarter = last
        known[0, i], known[1, i] = month - beginning, quarter
        noise[j] = uniform(keys[i], later[quarter] if quarter > 0 else first)
    make_normal(noise)
    return noise


@compiled
def _weighted(rows, keys, born, when, kept, first, renewed, later, known, weights):  # type: ignore[no-untyped-def]
    """Return the sum of several kinds of noise with their `weights` (kinds,), (n,)."""
    total = np.zeros(rows.size)
    for kind in range(weights.size):
        noise = moving_noise(
            rows, keys, born, when, kept, first[kind], renewed[kind], later[kind], known[kind]
        )
        for j in range(rows.size):
            total[j] += weights[kind] * noise[j]
    return total


def lasting_noise(
    market: Market, rows: Rows, at_birth: np.uint64, number: int, reader: int = 0
) -> Floats:
    """Return noise that belongs to the firms, (n,), standard normal.

    `at_birth` is its salt; `number`, below `LASTING`, and `reader` set it apart from other noise.
    """
    firms = market.firms
    if market.quality_kept == 1.0:
        return np.asarray(normals_at(firms.key, rows, at_birth))
    salts, known, when = _salts(reader, _quarters(market)), _known(market, reader), _when(market)
    return np.asarray(
        moving_noise(
            rows, firms.key, firms.born, when, market.quality_kept, at_birth,
            salts.renewed[number], salts.later[number], known[number],
        )
    )  # fmt: skip


def weighted_noise(market: Market, rows: Rows, at_birth: Keys, weights: Floats) -> Floats:
    """Return the sum of the noise of the first kinds, (n,), each with its weight, (kinds,).

    `at_birth` (kinds,) are their salts.
    """
    firms = market.firms
    if market.quality_kept == 1.0:
        total = np.zeros(rows.size)
        for one, weight in zip(at_birth, weights, strict=True):
            total += weight * normals_at(firms.key, rows, one)
        return total
    salts, known = _salts(0, _quarters(market)), _known(market, 0)
    return np.asarray(
        _weighted(
            rows, firms.key, firms.born, _when(market), market.quality_kept, at_birth,
            *salts, known, weights,
        )
    )  # fmt: skip


def _when(market: Market) -> tuple[int, int]:
    """Return the month, and one before which there was nothing to know."""
    return market.month, market.first_of_nature - 2


def _quarters(market: Market) -> int:
    """Return at least as many quarters as a firm can have begun, seldom another number."""
    begun = (market.month - market.first_of_nature + 1) // QUARTER + 1
    return -(-begun // AT_ONCE) * AT_ONCE


def _known(market: Market, reader: int) -> Int16s:
    """Return what is known of the noise of all kinds for a reader, (kinds, 2, slots)."""
    by_reader: dict[int, Int16s] = market.scratch.setdefault(Renewals, {})
    if reader not in by_reader:  # zeros take no memory before they are written
        by_reader[reader] = np.zeros((LASTING, 2, market.slots), np.int16)
    return by_reader[reader]


def bytes_remembered(rivals: int) -> int:
    """Return the bytes a firm of what is remembered at most: of five signals, and of each rival."""
    return 2 * np.dtype(np.int16).itemsize * (5 + rivals)


@functools.lru_cache(maxsize=64)
def _salts(reader: int, quarters: int) -> Quarters:
    """Return the salts of all kinds for a reader in the first quarters of a life."""
    purposes = (Purpose.NOISE_RENEWED, Purpose.NOISE_LATER)
    numbers = range(quarters * LASTING)
    salts = (np.array([salt(one, of, reader) for of in numbers]) for one in purposes)
    by_kind = (np.ascontiguousarray(each.reshape(quarters, LASTING).T) for each in salts)
    return Quarters(*by_kind)
