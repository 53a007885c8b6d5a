"""A second process that helps to compile, since Numba compiles one function at a time in each.

A run compiles what it needs as it comes to it.  Where much of it is not in the cache, a helper
simulates a small world of the same scenario as plain Python, which shows what will be needed, and
compiles what the first month calls from the end while the run does from the beginning, and then
what only later months call; either finds what the other has done in the cache.  If the helper
fails, the run has lost nothing but the help.
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
        # -P: a user's own sim.py in the working folder is not this package
        code = "from sim.model.compile_process import main; main()"
        child = subprocess.Popen(
            [sys.executable, "-P", "-c", code, str(lock)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join([root, *sys.path])},
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        with child.stdin as pipe:  # type: ignore[union-attr]  # it was asked for
            pipe.write(pickle.dumps((os.getpid(), _wanted[0])))
        child.returncode = 0  # the run does not wait for it
