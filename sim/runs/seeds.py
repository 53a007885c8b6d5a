"""Seeds as people write them: ``500`` for the first five hundred, or ``1-500,600``.

Manifests and parts record seeds in the same form, since a list of thousands of numbers is hard to
read.
"""

from __future__ import annotations

from collections.abc import Iterable

from sim.scenario.arguments import read_seeds


def spell(seeds: Iterable[int]) -> str:
    """Write seeds as ranges, for example ``1-500,600``; the reverse of `read_seeds`."""
    spans: list[list[int]] = []
    for seed in sorted(seeds):
        if spans and seed == spans[-1][1] + 1:
            spans[-1][1] = seed
        else:
            spans.append([seed, seed])
    return ",".join(f"{a}-{b}" if a < b else f"{a}" for a, b in spans)


__all__ = ["read_seeds", "spell"]
