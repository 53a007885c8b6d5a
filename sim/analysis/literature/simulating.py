"""The arms of all mechanisms lived on common seeds, each different world once.

Arms of several studies are often the same world (the base); a world is known by its hash, and a
seed's result does not depend on the seeds beside it, so nothing is lived twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.runs.executors.choose import choose, engaged
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

SIDE_BY_SIDE = (
    12  # seeds side by side: most of the speed of many, in pieces small enough to share out
)
TAGS = ("defaults_diverting", "defaults_lying")  # monthly counts that no outcome adds up
Chunk = tuple[str, tuple[int, ...]]  # hash of a world, seeds


def summary_of(scenario: Scenario, seeds: Sequence[int]) -> pd.DataFrame:
    """Return the outcomes and tagged defaults of some seeds, one row per seed and bank."""
    from sim.model.simulate import simulate

    result = simulate(scenario, seeds=list(seeds))
    tagged = result.months.groupby(["seed", "bank"], as_index=False)[list(TAGS)].sum()
    return result.summary.merge(tagged, on=["seed", "bank"], validate="one_to_one")


def simulated(
    asked: Iterable[tuple[Scenario, Sequence[int]]], workers: int | None = None
) -> dict[Chunk, pd.DataFrame]:
    """Live each world on its seeds; `workers` processes, 0 for none beside this one."""
    worlds: dict[Chunk, Scenario] = {}
    for scenario, seeds in asked:
        for chunk in chunks(seeds):
            worlds[scenario.hash, chunk] = scenario
    with engaged(choose(len(worlds), workers)) as managed:
        futures = {
            key: managed.submit(summary_of, scenario, key[1]) for key, scenario in worlds.items()
        }
        return {key: future.result() for key, future in futures.items()}


def runs_of(
    arms: Mapping[str, Scenario], seeds: Sequence[int], results: Mapping[Chunk, pd.DataFrame]
) -> pd.DataFrame:
    """Return the `runs` frame of some arms: arm, seed, bank, and one column per outcome."""
    import pandas as pd

    parts = [
        results[scenario.hash, chunk].assign(arm=name)
        for name, scenario in arms.items()
        for chunk in chunks(seeds)
    ]
    return pd.concat(parts, ignore_index=True)


def chunks(seeds: Sequence[int]) -> list[tuple[int, ...]]:
    """Return seeds in groups that are lived side by side."""
    return [tuple(seeds[at : at + SIDE_BY_SIDE]) for at in range(0, len(seeds), SIDE_BY_SIDE)]
