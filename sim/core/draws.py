"""Keyed random numbers in NumPy: each is a pure function of (seed, purpose, month, entity).

No stream is consumed, so an entity's random numbers do not depend on which other entities draw, in
which order, or how often.  A key is mixed twice with the salt of its purpose and month; otherwise
keys that differ by an offset would give shifted windows of one sequence.
`sim.core.random_numbers` holds the same function compiled; tests check that both give the same
bits.  Mixer: the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
"""

from __future__ import annotations

import functools

import numpy as np

from sim.core.arrays import Floats, Integers, Keys

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
MONTH_STEP = 0xD1342543DE82EF95
UNIT = 2.0**-52


def mix_integer(z: int) -> int:
    """Mix one 64-bit integer (a Python int, taken modulo 2**64)."""
    z &= MASK
    z = ((z ^ (z >> 30)) * FIRST) & MASK
    z = ((z ^ (z >> 27)) * SECOND) & MASK
    return z ^ (z >> 31)


def mix(z: Keys) -> Keys:
    """Mix an array of 64-bit keys."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(FIRST)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(SECOND)
    return z ^ (z >> np.uint64(31))


@functools.cache
def _root(purpose: int, other: int) -> int:
    root = mix_integer(purpose * GOLDEN + 1)
    return mix_integer(root + other * GOLDEN) if other else root


@functools.lru_cache(maxsize=32_768)  # of the months of a long run, whose arms ask for the same
def salt(purpose: int, month: int = 0, other: int = 0) -> np.uint64:
    """Return the salt of a purpose in a month; months may be negative.

    `other`, from 0, numbers those without a key of their own who draw for the same entity.
    """
    return np.uint64(mix_integer(_root(purpose, other) + month * MONTH_STEP))


def named_salt(name: str) -> np.uint64:
    """Return the salt of a purpose given by name, such as the initial value of a column."""
    z = 0xCBF29CE484222325
    for byte in name.encode():
        z = ((z ^ byte) * 0x100000001B3) & MASK
    return np.uint64(mix_integer(z))


def key_of(seed: int, kind: int) -> int:
    """Return the root key of a kind of entity in the run of one seed."""
    return mix_integer(mix_integer(seed + GOLDEN) ^ mix_integer(kind + 0x5851F42D4C957F2D))


def keys(parent: Keys | np.uint64, ids: Integers | int) -> Keys:
    """Return the keys of entities numbered `ids` under a parent key (broadcast together)."""
    with np.errstate(over="ignore"):
        offset = (np.asarray(ids).astype(np.uint64) + np.uint64(1)) * np.uint64(GOLDEN)
        return mix(mix(np.atleast_1d(np.uint64(parent) + offset)))


def pair_keys(one: Keys, other: Keys) -> Keys:
    """Return the keys of pairs, such as firm and bank; the order of the two matters."""
    with np.errstate(over="ignore"):
        return mix(one * np.uint64(3) + mix(np.atleast_1d(other)))


def uniform(entity: Keys, with_salt: np.uint64) -> Floats:
    """Return uniforms in (0, 1), shape of `entity`: midpoints of 2**52 equal intervals."""
    with np.errstate(over="ignore"):
        z = mix(mix(entity ^ with_salt) + np.uint64(GOLDEN))
    return ((z >> np.uint64(12)).astype(np.float64) + 0.5) * UNIT
