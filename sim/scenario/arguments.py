"""What a caller may give for scenarios, seeds and workers, and the bounds of a batch.

Every function and command reads these here, so that all accept the same: paths, names, whole
numbers of any kind (NumPy's too), and refuse the rest in one line.
"""

from __future__ import annotations

import itertools
import operator
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sim.core.errors import RequestError
from sim.core.names import as_given
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

LARGEST_SEED = 2**63 - 1
MOST_SEEDS = 1_000_000
MOST_ARMS = 20_000  # each holds a resolved scenario in memory
MOST_RUNS = 5_000_000  # seeds × arms
NO_LIST = (bytes, bytearray, memoryview, Mapping)  # their items are no seeds that anyone listed


def scenario_of(given: object) -> Scenario:
    """Return a scenario: as given, or that of a path or a name such as ``zhengzhou/baseline``."""
    if isinstance(given, Scenario):
        return given
    if isinstance(given, str | os.PathLike):
        return load_scenario(given)
    raise RequestError(f"give a scenario, a path or a name; found {as_given(given)}")


def scenarios_of(given: object) -> list[Scenario]:
    """Return scenarios from one of them or from several."""
    if isinstance(given, Scenario | str | os.PathLike):
        return [scenario_of(given)]
    if not isinstance(given, Iterable):
        raise RequestError(f"give scenarios, paths or names; found {as_given(given)}")
    return [scenario_of(one) for one in given]


def whole(given: object, what: str, least: int = 0, most: int = LARGEST_SEED) -> int:
    """Return a whole number within bounds; `what` is its name in messages."""
    try:
        number = -1 if isinstance(given, bool) else operator.index(given)  # type: ignore[arg-type]
        good = not isinstance(given, bool)
    except TypeError:
        number, good = 0, False
    if not good or not least <= number <= most:
        bounds = f"from {least:,} to {_top(most)}"
        raise RequestError(f"{what}: must be a whole number {bounds}; found {as_given(given)}")
    return number


def workers_of(given: object) -> int | None:
    """Return the number of worker processes, None for one per core."""
    return None if given is None else whole(given, "workers", 0, 10_000)


def read_seeds(wanted: object) -> tuple[int, ...]:
    """Return the seeds of `seeds_of`, ascending."""
    return tuple(sorted(seeds_of(wanted)))


def seeds_of(wanted: object) -> list[int]:
    """Return the seeds as listed; raise `RequestError` for none, duplicates or too many.

    A number n means seeds 1 to n, also as text (``"30"``), as on the command line; any other text
    names ranges (``1-500,600`` or ``1..500``), and anything else lists the seeds.  They are counted
    before they are built.
    """
    if isinstance(wanted, str) and re.fullmatch(r"\s*[0-9]{1,19}\s*", wanted):
        return seeds_of(int(wanted))
    if isinstance(wanted, str):
        seeds = seeds_in_ranges(wanted)
    elif isinstance(wanted, NO_LIST):
        raise RequestError(f"seeds: give a number, a text or a list; found {as_given(wanted)}")
    elif isinstance(wanted, Iterable) and getattr(wanted, "shape", None) != ():
        listed: Iterable[Any] = itertools.islice(wanted, MOST_SEEDS + 1)
        seeds = [whole(one, "seeds: a seed") for one in listed]
    else:
        seeds = list(range(1, whole(wanted, "seeds", 1, MOST_SEEDS) + 1))
    if not seeds:
        raise RequestError(f"seeds: {as_given(wanted)} names no seed; give a number of at least 1")
    if len(seeds) > MOST_SEEDS:
        raise RequestError(f"seeds: more than {MOST_SEEDS:,}; name fewer")
    if len(set(seeds)) < len(seeds):
        raise RequestError("seeds: the same seed is named twice; name each seed once")
    return seeds


def chosen_seeds(seed: object, seeds: object) -> list[int]:
    """Return the seeds of a request that gives one `seed` (7 if neither is given) or `seeds`."""
    if seed is not None and seeds is not None:
        raise RequestError("give either seed or seeds, not both")
    alone = whole(7 if seed is None else seed, "seed")
    return [alone] if seeds is None else seeds_of(seeds)


def seeds_in_ranges(text: str) -> list[int]:
    """Return the seeds that a text names, for example ``1-500,600``; a number alone is one seed."""
    ranges = [_range(piece.strip(), text) for piece in text.split(",")]
    count = sum(last - first + 1 for first, last in ranges)
    if count > MOST_SEEDS:
        raise RequestError(f"seeds: {as_given(text)} are {count:,}; at most {MOST_SEEDS:,}")
    return [seed for first, last in ranges for seed in range(first, last + 1)]


def _range(piece: str, text: str) -> tuple[int, int]:
    """Return the first and the last seed of a range."""
    found = re.fullmatch(r"([0-9]{1,19})(?:\s*(?:-|\.\.)\s*([0-9]{1,19}))?", piece)
    if not found:
        raise RequestError(
            f"seeds: cannot read '{piece:.60}' in {as_given(text)}; write them like 1-500,600"
        )
    first = whole(int(found[1]), "seeds: a seed")
    last = whole(int(found[2] or first), "seeds: a seed")
    if last < first:
        raise RequestError(f"seeds: {piece}: {last} is before {first}; write the lower first")
    return first, last


def size_fault(arms: int, seeds: int) -> str:
    """Return why a batch is too large, or an empty text; asked before anything is built."""
    if arms > MOST_ARMS:
        return f"{arms:,} arms; at most {MOST_ARMS:,} in one batch"
    if arms * seeds > MOST_RUNS:
        return f"{arms:,} arms on {seeds:,} seeds are {arms * seeds:,} runs; at most {MOST_RUNS:,}"
    return ""


def _top(most: int) -> str:
    return "2**63 - 1" if most == LARGEST_SEED else f"{most:,}"


__all__ = [
    "MOST_ARMS", "MOST_RUNS", "MOST_SEEDS", "read_seeds", "scenario_of", "scenarios_of",
    "seeds_in_ranges", "seeds_of", "size_fault", "whole", "workers_of",
]  # fmt: skip
