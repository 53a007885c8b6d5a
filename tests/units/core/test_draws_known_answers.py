"""Luck gives the numbers that it gave yesterday, and those that whole-number arithmetic gives."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core import draws
from tests.units.core import bigint_random_numbers as plain

PURPOSES = [0, 1, 2, 7, 33, 1000]
MONTHS = [-600, -36, -1, 0, 1, 12, 36, 1200]
KEYS = [0, 1, 2**63, 2**64 - 1, 0x0123456789ABCDEF]


SALT_3_1 = 388453514108153701
SALT_17_M36 = 5277943929267094423
KEY_7_2 = 7402108445293999981
FIRM_41 = 11744542018707624858
PAIR_41_5 = 2287244962960412298
BITS_41 = 3098726816187154
SALT_QUALITY = 16446462305203024776


def test_the_mixer_gives_the_published_sequence_of_splitmix64() -> None:
    # outputs of the reference generator from state 1234567, as published with it
    published = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    states = [1234567 + step * plain.GOLDEN for step in range(1, 6)]
    assert [plain.mixed(state) for state in states] == published
    assert [draws.mix_integer(state) for state in states] == published
    as_keys = np.array([state % plain.BITS for state in states], np.uint64)
    assert draws.mix(as_keys).tolist() == published


def test_fixed_numbers_have_not_moved() -> None:
    # written down once from `bigint_random_numbers`: if one moves, every stored result has changed
    assert int(draws.salt(3, 1)) == SALT_3_1 == plain.salt_of(3, 1)
    assert int(draws.salt(17, -36)) == SALT_17_M36 == plain.salt_of(17, -36)
    assert draws.key_of(7, 2) == KEY_7_2 == plain.root_key(7, 2)
    firm = draws.keys(np.uint64(KEY_7_2), 41)
    assert firm.tolist() == [FIRM_41] == [plain.key_under(KEY_7_2, 41)]
    pair = draws.pair_keys(firm, np.array([5], np.uint64))
    assert pair.tolist() == [PAIR_41_5] == [plain.key_of_pair(FIRM_41, 5)]
    assert plain.bits_of(FIRM_41, SALT_3_1) == BITS_41
    assert draws.uniform(firm, np.uint64(SALT_3_1)).tolist() == [(2 * BITS_41 + 1) / 2**53]
    assert int(draws.named_salt("Firms.quality.0")) == SALT_QUALITY == _fnv_mixed("Firms.quality.0")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_salts(purpose: int) -> None:
    for month in MONTHS:
        assert int(draws.salt(purpose, month)) == plain.salt_of(purpose, month)
        for other in (0, 1, 7):
            assert int(draws.salt(purpose, month, other)) == plain.salt_of(purpose, month, other)


@pytest.mark.parametrize("seed", [0, 1, 7, 2**31, 2**63 - 1])
def test_root_keys(seed: int) -> None:
    for kind in range(6):
        assert draws.key_of(seed, kind) == plain.root_key(seed, kind)


@pytest.mark.parametrize("parent", KEYS)
def test_keys_of_entities_and_pairs(parent: int) -> None:
    ids = np.array([0, 1, 2, 999_999, 2**40])
    assert draws.keys(np.uint64(parent), ids).tolist() == [
        plain.key_under(parent, number) for number in ids.tolist()
    ]
    others = np.array(KEYS, np.uint64)
    one = np.full(others.size, parent, np.uint64)
    assert draws.pair_keys(one, others).tolist() == [
        plain.key_of_pair(parent, other) for other in KEYS
    ]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_uniforms(purpose: int) -> None:
    keys = [plain.key_under(99, number) for number in range(200)] + KEYS
    for month in MONTHS:
        found = draws.uniform(np.array(keys, np.uint64), draws.salt(purpose, month))
        salt = plain.salt_of(purpose, month)
        assert found.tolist() == [plain.uniform_of(key, salt) for key in keys]


def test_a_number_depends_on_its_own_key_and_salt_alone() -> None:
    keys = draws.keys(np.uint64(5), np.arange(1000))
    salt = draws.salt(4, 9)
    together = draws.uniform(keys, salt)
    draws.uniform(keys, draws.salt(5, 9))  # others draw in between
    order = np.argsort(together)
    assert draws.uniform(keys[order], salt).tolist() == np.sort(together).tolist()
    assert draws.uniform(keys[17:18], salt)[0] == together[17]


def _fnv_mixed(name: str) -> int:
    """FNV-1a of the bytes of a name (offset basis and prime as published), then mixed."""
    z = 14695981039346656037
    for byte in name.encode():
        z = (z ^ byte) * 1099511628211 % plain.BITS
    return plain.mixed(z)
