"""Keyed random numbers, compiled: the same as `sim.core.draws`, for one entity or many.

Keys are unsigned 64-bit throughout: adding a signed integer would silently make them floats.
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.compiled import compiled
from sim.core.draws import FIRST, GOLDEN, SECOND, UNIT
from sim.core.indexing import unsigned, values_at

_GOLDEN, _FIRST, _SECOND = np.uint64(GOLDEN), np.uint64(FIRST), np.uint64(SECOND)
_S12, _S27, _S30, _S31 = np.uint64(12), np.uint64(27), np.uint64(30), np.uint64(31)
_ONE, _THREE = np.uint64(1), np.uint64(3)
_ROOT_HALF = math.sqrt(0.5)
MIDDLE = 0.425  # distance of p from 1/2 at which the tails of the normal distribution begin
FAR = 5.0  # sqrt(-log p) at which the far tails begin: p below 1.4e-11
BLOCK = 2048  # draws that are processed together: they fit into the processor's cache


@compiled
def mix_key(z):  # type: ignore[no-untyped-def]
    """Mix one 64-bit key."""
    z = (z ^ (z >> _S30)) * _FIRST
    z = (z ^ (z >> _S27)) * _SECOND
    return z ^ (z >> _S31)


@compiled
def uniform(key, salt):  # type: ignore[no-untyped-def]
    """Return the uniform number in (0, 1) of one entity under a salt."""
    z = mix_key(mix_key(key ^ salt) + _GOLDEN)
    return (np.float64(z >> _S12) + 0.5) * UNIT


@compiled
def pair_key(one, other):  # type: ignore[no-untyped-def]
    """Return the key of a pair, such as firm and bank; the order of the two matters."""
    return mix_key(one * _THREE + mix_key(other))


@compiled
def child_key(parent, number):  # type: ignore[no-untyped-def]
    """Return the key of the entity numbered `number` (unsigned) under a parent key."""
    return mix_key(mix_key(parent + (number + _ONE) * _GOLDEN))


@compiled
def _near_middle(q):  # type: ignore[no-untyped-def]
    """Return the normal quantile of q + 1/2 for |q| up to .425."""
    r = 0.180625 - q * q
    num = (((((((2509.0809287301226727 * r + 33430.575583588128105) * r
        + 67265.770927008700853) * r + 45921.953931549871457) * r
        + 13731.693765509461125) * r + 1971.5909503065514427) * r
        + 133.14166789178437745) * r + 3.387132872796366608)  # fmt: skip
    den = (((((((5226.495278852545925 * r + 28729.085735721942674) * r
        + 39307.89580009271061) * r + 21213.794301586595867) * r
        + 5394.1960214247511077) * r + 687.1870074920579083) * r
        + 42.313330701600911252) * r + 1.0)  # fmt: skip
    return q * num / den


@compiled
def _in_near_tail(r):  # type: ignore[no-untyped-def]
    """Return the size of the normal quantile of p, for r = sqrt(-log p) up to 5."""
    r -= 1.6
    num = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r
        + 0.24178072517745061177) * r + 1.27045825245236838258) * r
        + 3.64784832476320460504) * r + 5.7694972214606914055) * r
        + 4.6303378461565452959) * r + 1.42343711074968357734)  # fmt: skip
    den = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
        + 0.0151986665636164571966) * r + 0.14810397642748007459) * r
        + 0.68976733498510000455) * r + 1.6763848301838038494) * r
        + 2.05319162663775882187) * r + 1.0)  # fmt: skip
    return num / den


@compiled
def _in_far_tail(r):  # type: ignore[no-untyped-def]
    """Return the size of the normal quantile of p, for r = sqrt(-log p) above 5."""
    r -= 5.0
    num = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
        + 0.0012426609473880784386) * r + 0.026532189526576123093) * r
        + 0.29656057182850489123) * r + 1.7848265399172913358) * r
        + 5.4637849111641143699) * r + 6.6579046435011037772)  # fmt: skip
    den = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r
        + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r
        + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
        + 0.59983220655588793769) * r + 1.0)  # fmt: skip
    return num / den


@compiled
def normal_quantile(p):  # type: ignore[no-untyped-def]
    """Return the standard normal quantile of p in (0, 1); Wichura (1988), AS 241, 16 digits."""
    q = p - 0.5
    if abs(q) <= MIDDLE:
        return _near_middle(q)
    r = math.sqrt(-math.log(p if q < 0.0 else 1.0 - p))
    size = _in_near_tail(r) if r <= FAR else _in_far_tail(r)
    return -size if q < 0.0 else size


@compiled
def make_normal(draws):  # type: ignore[no-untyped-def]
    """Turn uniforms in (0, 1), shape (n,), into standard normal numbers in place.

    Gives the same values as `normal_quantile`, block by block and step by step, so that the
    processor handles several at a time: all values by the formula for the middle, and those in the
    tails, set aside before, by the formula for the near tails or that for the far ones.
    """
    p, size = np.empty(BLOCK), np.empty(BLOCK)
    tail = np.empty(BLOCK, np.int64)
    for start in range(0, draws.size, BLOCK):
        here = draws[start : start + BLOCK]
        tails = 0
        for k in range(here.size):
            tail[unsigned(tails)], p[unsigned(tails)] = k, here[k]
            tails += abs(here[k] - 0.5) > MIDDLE
        for k in range(here.size):
            here[k] = _near_middle(here[k] - 0.5)
        for k in range(tails):
            size[k] = math.sqrt(-math.log(p[k] if p[k] < 0.5 else 1.0 - p[k]))
        for k in range(tails):
            r = size[k]
            size[k] = _in_near_tail(r)
            if r > FAR:
                size[k] = _in_far_tail(r)
            here[unsigned(tail[k])] = -size[k] if p[k] < 0.5 else size[k]


@compiled
def normal(key, salt):  # type: ignore[no-untyped-def]
    """Return the standard normal number of one entity under a salt."""
    return normal_quantile(uniform(key, salt))


@compiled
def normal_cdf(x):  # type: ignore[no-untyped-def]
    """Return the standard normal distribution function at x."""
    return 0.5 * math.erfc(-x * _ROOT_HALF)


@compiled
def uniforms(keys, salt):  # type: ignore[no-untyped-def]
    """Return uniforms in (0, 1) for an array of keys, shape (n,)."""
    out = np.empty(keys.size)
    for i in range(keys.size):
        out[i] = uniform(keys[i], salt)
    return out


@compiled
def normals(keys, salt):  # type: ignore[no-untyped-def]
    """Return standard normal numbers for an array of keys, shape (n,)."""
    out = uniforms(keys, salt)
    make_normal(out)
    return out


@compiled
def normal_quantiles(p):  # type: ignore[no-untyped-def]
    """Return standard normal quantiles of an array of probabilities, shape (n,)."""
    out = p.copy()
    make_normal(out)
    return out


@compiled
def uniforms_at(keys, rows, salt):  # type: ignore[no-untyped-def]
    """Return uniforms in (0, 1) for the `rows` (n,) of a column of keys, shape (n,)."""
    return uniforms(values_at(keys, rows), salt)


@compiled
def normals_at(keys, rows, salt):  # type: ignore[no-untyped-def]
    """Return standard normal numbers for the `rows` (n,) of a column of keys, shape (n,)."""
    out = uniforms_at(keys, rows, salt)
    make_normal(out)
    return out


@compiled
def pair_uniforms_at(keys, rows, other, salt):  # type: ignore[no-untyped-def]
    """Return uniforms for the pairs of `rows` (n,) of a column of keys with `other`, shape (n,)."""
    pairs = values_at(keys, rows)
    for i in range(pairs.size):
        pairs[i] = pair_key(pairs[i], other)
    return uniforms(pairs, salt)


@compiled
def pair_normals_at(keys, rows, other, salt):  # type: ignore[no-untyped-def]
    """Return normals for the pairs of `rows` (n,) of a column of keys with `other`, shape (n,)."""
    out = pair_uniforms_at(keys, rows, other, salt)
    make_normal(out)
    return out


@compiled
def uniform_streams(keys, salts):  # type: ignore[no-untyped-def]
    """Return uniforms of each of `salts` (m,) for each of `keys` (n,), shape (m, n)."""
    out = np.empty((salts.size, keys.size))
    for k in range(salts.size):
        for i in range(keys.size):
            out[k, i] = uniform(keys[i], salts[k])
    return out


@compiled
def child_keys(parents, numbers):  # type: ignore[no-untyped-def]
    """Return the keys of the entities `numbers` (n,) under `parents` (n,), shape (n,)."""
    out = np.empty_like(parents)
    for i in range(parents.size):
        out[i] = child_key(parents[i], np.uint64(numbers[i]))
    return out
