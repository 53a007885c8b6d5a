"""Seeds in equal parts, each simulated by a process of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 6  # seeds that one process simulates side by side


def in_chunks(of: Callable[[Sequence[int]], T], seeds: Sequence[int], workers: int = 0) -> list[T]:
    """Return what `of`, a function of a module, gives for each part of the seeds, in their order.

    As many processes as there are processors are used if `workers` is 0.
    """
    parts = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        return list(pool.map(of, parts))
