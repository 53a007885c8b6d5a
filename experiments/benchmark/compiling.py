"""What it takes to compile the model: seconds to the first month of a fresh clone, and by function.

`python -m experiments.benchmark.compiling` measures in new processes with empty caches.  Seconds of
a function leave out those of the functions that it calls.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LONG = 1.5  # seconds above which a function should be cut, or called by fewer
ROUNDS = 3


class Cold(NamedTuple):
    """What one process reported that found nothing compiled."""

    wall: float  # seconds to the end of the first month, imports and reading with them
    processor: float  # seconds of this process
    functions: dict[str, float]  # seconds of processor


def cold(one_core: bool, cache: str) -> Cold:
    """Simulate one month in a new process with a cache of its own, on one core or on all."""
    how = "1" if one_core else ""
    words = [sys.executable, "-m", "experiments.benchmark.compiling", "--be", how]
    known = {key: value for key, value in os.environ.items() if key != "NUMBA_DISABLE_JIT"}
    said = subprocess.run(
        words, cwd=ROOT, env=known | {"NUMBA_CACHE_DIR": cache}, check=True, capture_output=True,
        text=True,
    )  # fmt: skip
    return Cold(**json.loads(said.stdout))


def be(one_core: bool) -> None:
    """Be such a process."""
    if one_core and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    begun = time.perf_counter()
    from numba.core import event

    seconds: dict[str, float] = {}
    running: list[list[float]] = []

    class Timed(event.Listener):
        """Adds up what each function took."""

        def on_start(self, event: Any) -> None:
            running.append([time.process_time(), 0.0])

        def on_end(self, event: Any) -> None:
            started, within = running.pop()
            whole = time.process_time() - started
            if running:
                running[-1][1] += whole
            function = event.data["dispatcher"].py_func
            name = f"{function.__module__}.{function.__name__}"
            seconds[name] = seconds.get(name, 0.0) + whole - within

    event.register("numba:compile", Timed())
    from sim import load_scenario
    from sim.model.simulation import Simulation

    scenario = load_scenario(ROOT / "scenarios/baseline.yaml", {"firms.count": 2_000})
    Simulation(scenario, [1]).advance()
    spent = resource.getrusage(resource.RUSAGE_SELF)
    found = Cold(time.perf_counter() - begun, spent.ru_utime + spent.ru_stime, seconds)
    print(json.dumps(found._asdict()))


def measured(one_core: bool, rounds: int = ROUNDS) -> Cold:
    """Return the process of the median wall time."""
    found = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
            found.append(cold(one_core, cache))
    wall = statistics.median_low([one.wall for one in found])
    return next(one for one in found if one.wall == wall)


def print_compiling(rounds: int = ROUNDS) -> None:
    """Print the first month of a fresh clone, and what functions take."""
    print(f"First month with nothing compiled, 2,000 firms; median of {rounds}")
    several, one = measured(False, rounds), measured(True, rounds)
    print(f"  {'all cores, a helper beside':<40}{several.wall:>8.1f} s wall")
    print(f"  {'one core':<40}{one.wall:>8.1f} s wall{one.processor:>8.1f} s processor")
    ranked = sorted(one.functions.items(), key=lambda item: -item[1])
    print("Seconds to compile, by function, of the one core; callees apart")
    for name, seconds in ranked[:20]:
        print(f"  {name:<56}{seconds:>6.2f}{'  too long' if seconds > LONG else ''}")
    rest = sum(seconds for _, seconds in ranked[20:])
    print(f"  {len(ranked[20:])} others{'':<47}{rest:>6.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--be"]:
        be(sys.argv[2] == "1")
    else:
        print_compiling()
