"""Compiled and array random numbers are one function: the same bits, one entity or many at once."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core import draws, random_numbers
from tests.units.core import bigint_random_numbers as plain

SALTS = [draws.salt(purpose, month) for purpose in (1, 3, 29) for month in (-36, 0, 1, 36)]


@pytest.fixture(scope="module")
def keys() -> draws.Keys:
    return draws.keys(np.uint64(draws.key_of(11, 2)), np.arange(5000))


@pytest.mark.parametrize("salt", SALTS)
def test_uniforms_have_the_same_bits(keys: draws.Keys, salt: np.uint64) -> None:
    assert random_numbers.uniforms(keys, salt).tobytes() == draws.uniform(keys, salt).tobytes()


def test_one_at_a_time_is_the_same_as_many(keys: draws.Keys) -> None:
    salt = SALTS[0]
    many = random_numbers.uniforms(keys, salt)
    normals = random_numbers.normals(keys, salt)
    for i in (0, 1, 77, 4999):
        assert random_numbers.uniform(keys[i], salt) == many[i]
        assert random_numbers.normal(keys[i], salt) == normals[i]
        assert normals[i] == random_numbers.normal_quantile(many[i])
    assert random_numbers.normal_quantiles(many).tobytes() == normals.tobytes()


def test_many_are_the_same_as_one_at_a_time_wherever_they_lie() -> None:
    p = np.concatenate([np.linspace(0.001, 0.999, 1_500), 10.0 ** -np.arange(1.0, 300.0)])
    p = np.concatenate([p, 1.0 - p[p > 1e-15]])  # more than two blocks, near and far tails in each
    np.random.default_rng(1).shuffle(p)
    assert random_numbers.normal_quantiles(p).tolist() == [
        random_numbers.normal_quantile(each) for each in p
    ]


@pytest.mark.parametrize("other", [0, 2**64 - 1])
def test_random_numbers_at_rows_is_that_of_their_keys(keys: draws.Keys, other: int) -> None:
    rows, salt, bank = np.array([4999, 0, 0, 77]), SALTS[1], np.uint64(other)
    few = keys[rows]
    assert (
        random_numbers.uniforms_at(keys, rows, salt).tobytes()
        == random_numbers.uniforms(few, salt).tobytes()
    )
    pairs = draws.pair_keys(few, bank)
    found = random_numbers.pair_uniforms_at(keys, rows, bank, salt)
    assert found.tobytes() == draws.uniform(pairs, salt).tobytes()


def test_keys_of_children_have_the_same_bits() -> None:
    roots = np.array([0, 1, 2**63, 2**64 - 1, draws.key_of(3, 2)], np.uint64)
    numbers = np.array([0, 1, 5, 1_000_000, 2**40])
    expected = [draws.keys(root, number)[0] for root, number in zip(roots, numbers, strict=True)]
    assert random_numbers.child_keys(roots, numbers).tolist() == [int(key) for key in expected]


@pytest.mark.parametrize("kind", [np.int32, np.int64, np.uint64])
def test_a_number_of_any_whole_type_gives_one_key(kind: type) -> None:
    # an unsigned plus a signed number would silently become a float in compiled code
    roots = np.full(4, plain.root_key(5, 2), np.uint64)
    found = random_numbers.child_keys(roots, np.arange(4).astype(kind))
    assert found.dtype == np.uint64
    assert found.tolist() == [plain.key_under(plain.root_key(5, 2), k) for k in range(4)]


def test_keys_of_pairs_have_the_same_bits(keys: draws.Keys) -> None:
    for other in (0, 7, 2**64 - 1):
        bank = np.uint64(other)
        found = np.array([random_numbers.pair_key(key, bank) for key in keys[:200]], np.uint64)
        assert found.tobytes() == draws.pair_keys(keys[:200], bank).tobytes()


def test_the_order_within_a_pair_matters(keys: draws.Keys) -> None:
    one, other = keys[:2]
    assert random_numbers.pair_key(one, other) != random_numbers.pair_key(other, one)


@pytest.mark.parametrize("bits", [0, 2**64 - 1])
def test_even_the_extreme_draws_lie_inside_zero_and_one(bits: int) -> None:
    # a key whose last mixing gives all zeros, or all ones: the mixer is undone step by step
    salt = draws.salt(3, 1)
    key = plain.unmixed((plain.unmixed(bits) - plain.GOLDEN) % plain.BITS) ^ int(salt)
    assert plain.bits_of(key, int(salt)) == bits >> 12
    extreme = np.array([key], np.uint64)
    assert 0.0 < draws.uniform(extreme, salt)[0] < 1.0
    assert (
        random_numbers.uniforms(extreme, salt).tobytes() == draws.uniform(extreme, salt).tobytes()
    )
    assert np.isfinite(random_numbers.normals(extreme, salt)[0])
