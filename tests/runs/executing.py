"""A batch of the stand-in, run in this process unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import standin

from sim.runs.execute import execute
from sim.runs.outcome import Outcome
from sim.runs.plan import Plan

SEEDS = 40
World = standin.World


def run(folder: Path, seeds: Any = SEEDS, worlds: Any = None, **how: Any) -> Outcome:
    plan = Plan(worlds or {"base": World()}, seeds)
    return execute(plan, folder, simulate=standin.simulate, quiet=True, **{"workers": 0, **how})
