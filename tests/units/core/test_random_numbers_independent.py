"""Streams of random numbers know nothing of one another, however close their keys.

For independent uniforms the sample correlation has a standard deviation of 1/sqrt(n), so
|r| sqrt(n) is about the size of a standard normal number; the bound of each test is chosen so that
truly independent streams would fail it less than once in ten thousand, over all of its pairs.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from sim.core import draws, random_numbers
from sim.state.purposes import Entity, Purpose

N = 20_000
IDS = np.arange(N)
FIRMS = draws.keys(np.uint64(draws.key_of(7, Entity.FIRM)), IDS)


def bound(pairs: int) -> float:
    """Return the z value that independent streams exceed once in 10,000 over so many pairs."""
    return float(stats.norm.isf(1e-4 / pairs / 2))


def z_of(one: np.ndarray, other: np.ndarray) -> float:
    """Return the correlation of two streams over its sampling error."""
    return float(abs(np.corrcoef(one, other)[0, 1]) * np.sqrt(one.size))


def worst(streams: list[np.ndarray]) -> float:
    """Return the largest z over all pairs of streams."""
    together = np.corrcoef(np.stack(streams))
    np.fill_diagonal(together, 0.0)
    return float(np.abs(together).max() * np.sqrt(streams[0].size))


def test_a_stream_that_is_not_independent_is_found() -> None:
    u = draws.uniform(FIRMS, draws.salt(1, 1))
    v = draws.uniform(FIRMS, draws.salt(2, 1))
    assert z_of(u, 0.95 * v + 0.05 * u) > bound(1)


def test_purposes() -> None:
    streams = [draws.uniform(FIRMS, draws.salt(purpose, 1)) for purpose in Purpose]
    assert worst(streams) < bound(len(streams) ** 2 // 2)


def test_months() -> None:
    streams = [draws.uniform(FIRMS, draws.salt(Purpose.CASH_FLOW, m)) for m in range(-36, 37)]
    assert worst(streams) < bound(len(streams) ** 2 // 2)


@pytest.mark.parametrize("lag", [1, 2, 3, 8, 64, 3000])
def test_neighbouring_firms(lag: int) -> None:
    u = draws.uniform(FIRMS, draws.salt(Purpose.CASH_FLOW, 1))
    assert z_of(u[:-lag], u[lag:]) < bound(6)


def test_neighbouring_seeds() -> None:
    roots = [np.uint64(draws.key_of(seed, Entity.FIRM)) for seed in range(40)]
    streams = [draws.uniform(draws.keys(root, IDS), draws.salt(3, 1)) for root in roots]
    assert worst(streams) < bound(len(streams) ** 2 // 2)


def test_generations_and_kinds_of_entity() -> None:
    streams = [draws.uniform(draws.keys(FIRMS, g), draws.salt(3, 1)) for g in range(8)]
    for kind in Entity:
        keys = draws.keys(np.uint64(draws.key_of(7, kind)), IDS)
        streams.append(draws.uniform(keys, draws.salt(3, 1)))
    assert worst(streams) < bound(len(streams) ** 2 // 2)


def test_a_firm_alone_and_with_each_bank() -> None:
    banks = [np.uint64(draws.key_of(0, Entity.BANK) ^ (k + 1) * 0x9E3779B9) for k in range(16)]
    salt = draws.salt(Purpose.OVERRIDE, 1)
    streams = [random_numbers.pair_uniforms_at(FIRMS, IDS, bank, salt) for bank in banks]
    streams.append(draws.uniform(FIRMS, salt))
    assert worst(streams) < bound(len(streams) ** 2 // 2)


def test_no_window_of_a_stream_comes_again_under_another_salt_or_key() -> None:
    # the fault of plain SplitMix64: keys that differ by an offset give shifted windows
    u = draws.uniform(FIRMS, draws.salt(3, 1))
    v = draws.uniform(FIRMS, draws.salt(3, 2))
    shifts = range(-20, 21)
    for shift in shifts:
        assert z_of(u, np.roll(v, shift)) < bound(len(shifts))
    assert np.intersect1d(u, v).size == 0


def test_pairs_of_draws_fill_the_square_evenly() -> None:
    # correlation sees straight lines only; 16 x 16 cells see any dependence
    pairs = {
        "purposes": [(3, 1), (4, 1)],
        "months": [(3, 1), (3, 2)],
        "month and purpose": [(3, 1), (2, 2)],
    }
    for one, other in pairs.values():
        u, v = draws.uniform(FIRMS, draws.salt(*one)), draws.uniform(FIRMS, draws.salt(*other))
        cells = np.bincount((u * 16).astype(int) * 16 + (v * 16).astype(int), minlength=256)
        chi = ((cells - N / 256) ** 2).sum() / (N / 256)
        assert stats.chi2.sf(chi, 255) > 1e-4


def test_no_two_purposes_share_a_salt_in_any_month_that_is_used() -> None:
    # a purpose may stretch its months by the number of its steps: 16 a month over 1,800 months
    months = itertools.chain(range(-600 * 16, 1200 * 16, 7), range(-600, 1201))
    salts = [int(draws.salt(p, m)) for m in set(months) for p in (1, 2, 3, 12, 13, 33)]
    assert len(set(salts)) == len(salts)


def test_each_who_draws_for_the_same_firm_has_own_salts() -> None:
    months, rivals = range(-600 * 8, 1200 * 8, 7), range(8)
    purposes = (Purpose.RIVAL_AVAILABLE, Purpose.RIVAL_NOISE, Purpose.NOISE_LATER)
    salts = [int(draws.salt(p, m, other)) for m in months for p in purposes for other in rivals]
    assert len(set(salts)) == len(salts)
    streams = [draws.uniform(FIRMS, draws.salt(Purpose.RIVAL_NOISE, 1, r)) for r in rivals]
    assert worst(streams) < bound(len(streams) ** 2 // 2)


def test_no_two_entities_share_a_key() -> None:
    keys = [draws.keys(np.uint64(draws.key_of(seed, Entity.FIRM)), IDS) for seed in range(10)]
    keys += [draws.keys(keys[0], generation) for generation in range(3)]
    together = np.concatenate(keys)
    assert np.unique(together).size == together.size
