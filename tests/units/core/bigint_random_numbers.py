"""Keyed random numbers again, in whole numbers of any size: slow, plain, written apart from `sim`.

Source of the mixer: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators".
"""

from __future__ import annotations

BITS = 2**64
GOLDEN = 11400714819323198485  # 2**64 over the golden ratio, odd
FIRST = 13787848793156543929
SECOND = 10723151780598845931


def mixed(z: int) -> int:
    """Return the finaliser of SplitMix64."""
    z %= BITS
    z = (z ^ z // 2**30) * FIRST % BITS
    z = (z ^ z // 2**27) * SECOND % BITS
    return z ^ z // 2**31


def unmixed(z: int) -> int:
    """Return the number that `mixed` turns into z."""
    z = _unshifted(z, 31) * pow(SECOND, -1, BITS) % BITS
    z = _unshifted(z, 27) * pow(FIRST, -1, BITS) % BITS
    return _unshifted(z, 30)


def _unshifted(z: int, by: int) -> int:
    """Undo z ^ (z >> by)."""
    found = z
    for _ in range(64 // by + 1):
        found = z ^ found >> by
    return found


def salt_of(purpose: int, month: int, other: int = 0) -> int:
    """Return the salt of a purpose in a month, of the first who draws or of another."""
    root = mixed(purpose * GOLDEN + 1)
    if other > 0:
        root = mixed(root + other * GOLDEN)
    return mixed(root + month * 15074714826142052245)


def root_key(seed: int, kind: int) -> int:
    """Return the root key of a kind of entity in the run of a seed."""
    return mixed(mixed(seed + GOLDEN) ^ mixed(kind + 6364136223846793005))


def key_under(parent: int, number: int) -> int:
    """Return the key of the entity `number` under a parent."""
    return mixed(mixed(parent + (number + 1) * GOLDEN))


def key_of_pair(one: int, other: int) -> int:
    """Return the key of a pair."""
    return mixed(3 * one + mixed(other))


def bits_of(key: int, salt: int) -> int:
    """Return the 52 random bits of an entity under a salt."""
    return mixed(mixed(key ^ salt) + GOLDEN) // 2**12


def uniform_of(key: int, salt: int) -> float:
    """Return the middle of the cell of those bits; Python divides whole numbers without error."""
    return (2 * bits_of(key, salt) + 1) / 2**53
