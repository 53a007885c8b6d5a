"""A second process that helps to compile, since Numba compiles one function at a time in each.

A run compiles what it needs as it comes to it.  Where much of it is not in the cache, a helper lives
a small world of the same scenario as plain Python, which shows what will be needed, and compiles that
from the end while the run does from the beginning; either finds what the other has done in the
cache.  If the helper fails, the run has lost nothing but the help.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

from sim.core.compile_cache import folder, watch
from sim.scenario.schema import Scenario

FIRMS, MONTHS = 60, 12  # of the small world: enough for loans to be made, watched and lost
LONGEST = 300.0  # seconds after which a helper is given up
_wanted: list[Scenario] = []


def help_with(scenario: Scenario) -> None:
    """Have a helper started as soon as it shows that much has to be compiled for a scenario."""
    if _wanted:
        _wanted[0] = scenario
    elif cores() > 1:
        _wanted.append(scenario)
        watch.listeners.append(_start)


def cores() -> int:
    """Return on how many processors this process may run."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start() -> None:
    """Start a helper, unless there is one."""
    with contextlib.suppress(Exception):
        lock = folder() / "helped"
        if lock.exists() and lock.stat().st_mtime < time.time() - LONGEST:
            lock.unlink()
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
        root = str(Path(__file__).parents[2])
        child = subprocess.Popen(
            [sys.executable, "-c", "from sim.model.compile_ahead import main; main()", str(lock)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join([root, *sys.path])},
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        assert child.stdin is not None
        with child.stdin as pipe:
            pipe.write(pickle.dumps((os.getpid(), _wanted[0])))
        child.returncode = 0  # nobody waits for it


def main() -> None:
    """Be the helper: read a scenario, find out what it needs, and compile it from the end."""
    from sim.core.compile_list import calls_of, compile_call
    from sim.model.simulation import Simulation

    lock = Path(sys.argv[1])
    try:
        parent, scenario = pickle.load(sys.stdin.buffer)
        small = small_world(scenario)
        for call in reversed(calls_of(lambda: Simulation(small, [1]).run())):
            if os.getppid() != parent:  # whoever was helped has ended
                return
            with contextlib.suppress(Exception):  # the run will meet the fault itself
                compile_call(call)
    finally:
        lock.unlink(missing_ok=True)


def small_world(scenario: Scenario) -> Scenario:
    """Return a scenario of the same tables and rules that passes in a second as plain Python."""
    few = min(scenario.firms.count, FIRMS)
    small: Scenario = scenario.evolve(
        firms=scenario.firms.evolve(count=few),
        burn_in=scenario.burn_in.evolve(months=min(scenario.burn_in.months, MONTHS // 2)),
        horizon=min(scenario.horizon, MONTHS // 2),
    )
    return small
