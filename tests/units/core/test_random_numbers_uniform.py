"""Luck is uniform.  Keys are fixed, so each test passes always or never: thresholds are stated as
the share of truly random samples that would fail it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.core import draws, random_numbers

N = 100_000
ROOT = np.uint64(draws.key_of(7, 2))
ONE_IN = 1e-4  # a truly uniform sample fails one of these tests this often

# the numberings that the model uses: firms of a run, generations of a slot, the same firm by month
STREAMS = {
    "firms": lambda: draws.uniform(draws.keys(ROOT, np.arange(N)), draws.salt(3, 1)),
    "first firm of many seeds": lambda: draws.uniform(
        np.concatenate([draws.keys(np.uint64(draws.key_of(s, 2)), 0) for s in range(N // 10)]),
        draws.salt(3, 1),
    ),
    "generations": lambda: draws.uniform(
        draws.keys(draws.keys(ROOT, 0), np.arange(N)), draws.salt(3, 1)
    ),
    "one firm over months": lambda: _over_salts([(3, month) for month in range(-600, 1200)]),
    "one firm over purposes": lambda: _over_salts([(p, m) for p in range(64) for m in range(36)]),
    "raw keys": lambda: draws.uniform(np.arange(N, dtype=np.uint64), np.uint64(0)),
    "pairs of firm and bank": lambda: random_numbers.pair_uniforms_at(
        draws.keys(np.uint64(1), np.arange(N)), np.arange(N), np.uint64(2), draws.salt(14, 1)
    ),
}  # fmt: skip


def _over_salts(salts: list[tuple[int, int]]) -> np.ndarray:
    key = draws.keys(ROOT, 0)
    return np.concatenate([draws.uniform(key, draws.salt(*salt)) for salt in salts])


@pytest.mark.parametrize("name", STREAMS)
def test_every_cell_is_hit_as_often_as_chance_has_it(name: str) -> None:
    u = STREAMS[name]()
    cells = min(1000, u.size // 20)
    counts = np.bincount((u * cells).astype(int), minlength=cells)
    # both tails: too even is as suspect as too uneven
    chi = float(((counts - u.size / cells) ** 2).sum() / (u.size / cells))
    low, high = stats.chi2.ppf([ONE_IN / 2, 1 - ONE_IN / 2], cells - 1)
    assert low < chi < high


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.thorough
def test_the_distribution_function_is_the_diagonal(name: str) -> None:
    assert stats.kstest(STREAMS[name](), "uniform").pvalue > ONE_IN


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.thorough
def test_low_bits_are_as_good_as_high_ones(name: str) -> None:
    low = (STREAMS[name]() * 2**30) % 1.0  # the last 22 of 52 bits
    assert stats.kstest(low, "uniform").pvalue > ONE_IN


def test_normals_are_normal() -> None:
    keys = draws.keys(ROOT, np.arange(N))
    z = random_numbers.normals(keys, draws.salt(3, 1))
    assert stats.kstest(z, "norm").pvalue > ONE_IN
    # mean, variance and the tail beyond three within four standard errors
    tail = 2 * stats.norm.sf(3)
    assert abs(z.mean()) < 4 / np.sqrt(N)
    assert abs(z.var() - 1) < 4 * np.sqrt(2 / N)
    assert abs((abs(z) > 3).mean() - tail) < 4 * np.sqrt(tail / N)
