"""Arms without a folder: scenarios on the same seeds, simulated in memory and returned as frames.

A run follows from its scenario and its seed alone.  So results are kept for the next call: a
what-if against a base that was simulated before simulates the change alone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.model.result import Result
from sim.outcomes import METRICS, Metric
from sim.runs.simulating import simulate_several
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

MEMORY = 64 << 20  # bytes of monthly figures that a process keeps; their tables come on top
Key = tuple[Scenario, tuple[int, ...], tuple[Metric, ...]]  # metrics: one may be changed


class Frames(NamedTuple):
    """What `sim.runs.reading` would read from a folder of these arms."""

    runs: pd.DataFrame  # one row per arm, seed and bank
    months: pd.DataFrame  # one row per arm, seed, bank and month


class Kept:
    """Results in memory; those used least recently leave first."""

    def __init__(self, limit: int = MEMORY):
        self.limit = limit
        self._kept: OrderedDict[Key, Result] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key) -> Result | None:
        """Return the result of a scenario and seeds, if it is still here."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Key, result: Result) -> None:
        """Keep a result, and let others go where there is no room for all."""
        with self._lock:
            self._kept[key] = result
            while sum(one.history.pages.nbytes for one in self._kept.values()) > self.limit:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Let all results go."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


KEPT = Kept()


def simulate_arms(arms: Mapping[str, Scenario], seeds: Sequence[int], workers: int = 0) -> Frames:
    """Simulate arms for the same seeds, on `workers` processes (0: in this one).

    What was simulated before is not simulated again.  Raises what a run raises.
    """
    chosen, metrics = tuple(seeds), tuple(METRICS.values())
    found = {arm: KEPT.find((scenario, chosen, metrics)) for arm, scenario in arms.items()}
    missing = [arm for arm, result in found.items() if result is None]
    if missing:
        results = simulate_several([arms[arm] for arm in missing], chosen, workers)
        for arm, result in zip(missing, results, strict=True):
            found[arm] = result
            KEPT.keep((arms[arm], chosen, metrics), result)
    of_arms = {arm: result for arm, result in found.items() if result is not None}
    return Frames(
        _frame({arm: result.summary for arm, result in of_arms.items()}),
        _frame({arm: result.months for arm, result in of_arms.items()}),
    )


def _frame(of_arms: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the frames of all arms as one, as if it were read from a folder."""
    import pandas as pd

    from sim.runs.parts import KEYS

    parts, keys = [], [key for key in KEYS if key in next(iter(of_arms.values()))]
    for arm, frame in of_arms.items():
        of_run = pd.DataFrame({"arm": [arm] * len(frame)} | {key: frame[key] for key in keys})
        numbers = frame[frame.columns.difference(keys, sort=False)].astype("float64")
        parts.append(pd.concat([of_run, numbers], axis=1))
    return pd.concat(parts, ignore_index=True).sort_values(["arm", *keys], ignore_index=True)
