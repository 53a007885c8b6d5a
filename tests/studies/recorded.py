"""Carrying out a study's plans by a stand-in, with the plans kept, and the reasons it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from sim.report.judged import judged_of
from sim.results.folder import Results
from sim.results.tables.verdicts import verdicts
from sim.runs.plan import Plan

Frames = tuple[pd.DataFrame, pd.DataFrame]


class Recorded:
    """What carries out plans, and keeps each of them by its name."""

    def __init__(self, carry_out: Callable[[Plan, str], Frames]):
        self.carry_out = carry_out
        self.plans: dict[str, Plan] = {}

    def __call__(self, plan: Plan, name: str) -> Frames:
        self.plans[name] = plan
        return self.carry_out(plan, name)


def reasons_in(home: Path) -> dict[str, str]:
    """Return what the verdicts of a stored study say beside each statement."""
    table = verdicts(Results(home))
    assert table is not None
    return {one.statement: one.reason for one in judged_of([table])}
