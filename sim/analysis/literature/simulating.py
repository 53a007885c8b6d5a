"""The arms of all mechanisms simulated on common seeds, each different scenario once.

Arms of several studies often have the same scenario (the base).  The hash identifies a scenario,
and a seed's result does not depend on the other seeds in its group, so nothing is simulated twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.runs.executors.choose import choose, engaged
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

SIDE_BY_SIDE = (
    12  # seeds side by side: nearly as fast as many, and small enough to share among processes
)
TAGS = ("defaults_diverting", "defaults_lying")  # monthly counts that are in no outcome
Chunk = tuple[str, tuple[int, ...]]  # hash of a scenario, seeds


def summary_of(scenario: Scenario, seeds: Sequence[int]) -> pd.DataFrame:
    """Return the outcomes and tagged defaults of some seeds, one row per seed and bank."""
    from sim.model.simulate import simulate

    result = simulate(scenario, seeds=list(seeds))
    tagged = result.months.groupby(["seed", "bank"], as_index=False)[list(TAGS)].sum()
    return result.summary.merge(tagged, on=["seed", "bank"], validate="one_to_one")


def simulated(
    requests: Iterable[tuple[Scenario, Sequence[int]]], workers: int | None = None
) -> dict[Chunk, pd.DataFrame]:
    """Simulate each scenario on its seeds in `workers` processes, or in this one if 0."""
    scenarios: dict[Chunk, Scenario] = {}
    for scenario, seeds in requests:
        for chunk in chunks(seeds):
            scenarios[scenario.hash, chunk] = scenario
    with engaged(choose(len(scenarios), workers)) as managed:
        futures = {
            key: managed.submit(summary_of, scenario, key[1]) for key, scenario in scenarios.items()
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
    """Return seeds in groups that are simulated side by side."""
    return [tuple(seeds[at : at + SIDE_BY_SIDE]) for at in range(0, len(seeds), SIDE_BY_SIDE)]
