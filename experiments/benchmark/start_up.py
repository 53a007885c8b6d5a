"""What a fresh process pays: seconds to its first month, and its memory at the peak.

`python -m experiments.benchmark.start_up MODEL FIRMS MONTHS` measures itself and prints one line of
JSON; `fresh` starts such a process.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Fresh(NamedTuple):
    """What one fresh process reported."""

    importing: float  # seconds
    first_month: float  # seconds, building and compiling with it
    peak: int  # bytes


def fresh(model: str, firms: int, months: int, cache: str | None = None) -> Fresh:
    """Live `months` in a new process; `cache` is a folder for compiled code instead of the usual.

    Call this while the calling process is small: some systems count its memory as the child's.
    """
    place = {} if cache is None else {"NUMBA_CACHE_DIR": cache}
    said = subprocess.run(
        [sys.executable, "-m", __name__, model, str(firms), str(months)],
        cwd=ROOT, env=os.environ | place, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Fresh(**json.loads(said.stdout))


def main() -> None:
    """Be such a process."""
    model, firms, months = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    begun = time.process_time()
    if model == "twin":
        from experiments.benchmark.twin import Market

        imported = time.process_time()
        live = Market(firms, rng=1).step
    else:
        from experiments.benchmark.agreement import LIMIT
        from sim import load_scenario
        from sim.model.simulation import Simulation

        imported = time.process_time()
        live = Simulation(load_scenario(LIMIT, {"firms.count": firms}), [1]).advance
    live()
    lived = time.process_time()
    for _ in range(months - 1):
        live()
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    print(json.dumps(Fresh(imported - begun, lived - imported, peak)._asdict()))


if __name__ == "__main__":
    main()
