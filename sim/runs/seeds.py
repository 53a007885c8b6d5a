"""Seeds as people write them: ``500`` for the first five hundred, or ``1-500,600``.

Manifests and parts record seeds in the same form, since a list of thousands of numbers is hard to
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from numbers import Integral
from typing import cast

from sim.core.errors import RequestError


def read_seeds(wanted: int | str | Iterable[int]) -> tuple[int, ...]:
    """Return the seeds, ascending; raise `RequestError` for none, duplicates or negatives.

    A number n means seeds 1 to n, a text names ranges, anything else lists the seeds.
    """
    given: object = wanted
    if _is_whole(given):
        seeds = list(range(1, int(cast(int, given)) + 1))
    elif isinstance(given, str):
        seeds = [seed for piece in given.split(",") for seed in _range(piece.strip(), given)]
    elif isinstance(given, Iterable) and not isinstance(given, bytes | Mapping):
        seeds = [_seed(one) for one in given]
    else:
        raise RequestError(
            f"seeds: {given!r:.60} is neither a whole number, a list of them nor text "
            "like 1-500,600"
        )
    if not seeds:
        raise RequestError(f"seeds: {wanted!r} names no seed; give a number of at least 1")
    if min(seeds) < 0:
        raise RequestError(f"seeds: {min(seeds)} is negative; seeds are whole numbers from 0")
    if len(set(seeds)) < len(seeds):
        raise RequestError("seeds: the same seed is named twice; name each seed once")
    return tuple(sorted(seeds))


def _is_whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _seed(value: object) -> int:
    if not _is_whole(value):
        raise RequestError(f"seeds: {value!r:.60} is not a whole number")
    return int(cast(int, value))


def _range(piece: str, whole: str) -> range:
    found = re.fullmatch(r"(\d+)(?:\s*-\s*(\d+))?", piece)
    if not found:
        raise RequestError(f"seeds: cannot read '{piece}' in '{whole}'; write them like 1-500,600")
    first = int(found[1])
    return range(first, int(found[2] or first) + 1)


def spell(seeds: Iterable[int]) -> str:
    """Write seeds as ranges, for example ``1-500,600``; the reverse of `read_seeds`."""
    spans: list[list[int]] = []
    for seed in sorted(seeds):
        if spans and seed == spans[-1][1] + 1:
            spans[-1][1] = seed
        else:
            spans.append([seed, seed])
    return ",".join(f"{a}-{b}" if a < b else f"{a}" for a, b in spans)
