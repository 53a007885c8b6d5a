"""Seeds as people write them: ``500`` for the first five hundred, or ``1-500,600``.

Manifests and parts record seeds in ranges, since a list of thousands of numbers is hard to read.
There a number alone is one seed, where people mean so many of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from sim.scenario.arguments import read_seeds, seeds_in_ranges


def spell(seeds: Iterable[int]) -> str:
    """Write seeds as ranges, for example ``1-500,600``; the reverse of `recorded_seeds`."""
    spans: list[list[int]] = []
    for seed in sorted(seeds):
        if spans and seed == spans[-1][1] + 1:
            spans[-1][1] = seed
        else:
            spans.append([seed, seed])
    return ",".join(f"{a}-{b}" if a < b else f"{a}" for a, b in spans)


def recorded_seeds(text: str) -> tuple[int, ...]:
    """Return the seeds that `spell` wrote; raises `RequestError` for none or repeated ones."""
    return read_seeds(seeds_in_ranges(text))


__all__ = ["read_seeds", "recorded_seeds", "spell"]
