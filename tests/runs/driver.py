"""A driver in a process of its own, for tests that kill it: FOLDER LOG SEEDS SLEEP [DASK]."""

from __future__ import annotations

import os
import sys

import standin

from sim.core.errors import RequestError
from sim.runs.execute import execute
from sim.runs.outcome import Stopped
from sim.runs.plan import Plan

if __name__ == "__main__":
    folder, log, seeds, sleep, *dask = sys.argv[1:]
    if "STANDIN_LONGEST_FILE" in os.environ:
        import resource

        limit = int(os.environ["STANDIN_LONGEST_FILE"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    world = standin.World(behaviour={"log": log, "sleep": float(sleep)})
    place = {"dask": dask[0]} if dask else {"workers": 2}
    plan = Plan({"base": world}, int(seeds))
    try:
        print(execute(plan, folder, simulate=standin.simulate, **place))
    except Stopped as stop:
        print(stop)
        raise SystemExit(130) from None
    except RequestError as error:
        print(error)
        raise SystemExit(2) from None
