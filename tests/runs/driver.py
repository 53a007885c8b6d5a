"""A driver in a process of its own, for tests that kill it: FOLDER LOG SEEDS SLEEP [DASK]."""

from __future__ import annotations

import os
import sys

import standin

from sim.apps.ctrl_c import STOPPED, stoppable
from sim.core.errors import RequestError
from sim.runs.execute import execute
from sim.runs.outcome import Stopped
from sim.runs.plan import Plan


def drive() -> int:
    """Run the batch that the command line asks for, and return the status."""
    folder, log, seeds, sleep, *dask = sys.argv[1:]
    if "STANDIN_LONGEST_FILE" in os.environ:
        import resource

        limit = int(os.environ["STANDIN_LONGEST_FILE"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    world = standin.World(behaviour={"log": log, "sleep": float(sleep)})
    plan = Plan({"base": world}, int(seeds))
    place = {"dask": dask[0]} if dask else {"workers": 2}
    try:
        print(execute(plan, folder, simulate=standin.simulate, **place), flush=True)
    except Stopped as stop:
        print(stop, flush=True)
        return STOPPED
    except RequestError as error:
        print(error, flush=True)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(stoppable(lambda: drive))  # Ctrl-C as in a command
