"""Carries out the plans of an experiment, each in a run folder below the experiment's own.

What an experiment asks next may depend on what its last plan showed, so it gets a function that
runs a plan and returns its frames.  Every kind of experiment is run in this way, so each has
resume, failures that cost no other run, and progress.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import RequestError
from sim.runs.execute import execute
from sim.runs.interface import ScenarioLike, Simulate
from sim.runs.outcome import Outcome
from sim.runs.plan import Plan
from sim.runs.reading import read_months, read_runs

if TYPE_CHECKING:
    from pandas import DataFrame

# runs a plan, in a subfolder of the experiment's if a name is given; returns its runs and months
CarryOut = Callable[[Plan, str], tuple["DataFrame", "DataFrame"]]
RunPlan = Callable[[Plan, Path, str], Outcome]  # a plan, its run folder, and the folder's name


@dataclass
class Carrier:
    """Carries out plans below a folder; remembers how each folder ended, and its scenarios."""

    folder: Path
    run: RunPlan
    ended: dict[str, Outcome] = field(default_factory=dict)
    arms: dict[str, dict[str, ScenarioLike]] = field(default_factory=dict)

    def __call__(self, plan: Plan, name: str) -> tuple[DataFrame, DataFrame]:
        """Run what is missing of a plan; raise `RequestError` when no run of it succeeds."""
        home = self.folder / name
        outcome = self.run(replace(plan, stage=stage_of(plan, name)), home, name)
        self.ended[name] = outcome
        self.arms.setdefault(name, {}).update(plan.arms)
        if not outcome.done:
            raise RequestError(f"{home}: all runs failed; see failures.jsonl there")
        return _asked(read_runs(home), plan), _asked(read_months(home), plan)


def stage_of(plan: Plan, name: str) -> str:
    """Return which step of an experiment a plan is, in words: ``qn, same rate, 1``."""
    folders = name.replace("_", " ").split("/") if name else []
    return ", ".join(filter(None, [*folders, plan.stage]))


def _asked(frame: DataFrame, plan: Plan) -> DataFrame:
    """Return the rows of a plan: a folder may hold those of later steps, too."""
    if plan.later is None:
        return frame
    mine = frame["arm"].isin(list(plan.arms)) & frame["seed"].isin(plan.seeds)
    return frame[mine].reset_index(drop=True)


@contextmanager
def carried(
    carry_out: CarryOut | None, workers: int | None = None, simulate: Simulate | None = None
) -> Iterator[CarryOut]:
    """Yield the function given, or one that keeps its runs for the length of the block only."""
    if carry_out is not None:
        yield carry_out
        return
    run = partial(execute, workers=workers, simulate=simulate, quiet=True)
    with tempfile.TemporaryDirectory(prefix="experiment-") as place:
        yield Carrier(Path(place), lambda plan, home, _: run(plan, home))


def within(carry_out: CarryOut, folder: str) -> CarryOut:
    """Return the function that carries plans out below a folder of the experiment's."""

    def inside(plan: Plan, name: str) -> tuple[DataFrame, DataFrame]:
        return carry_out(plan, f"{folder}/{name}" if name else folder)

    return inside


__all__ = ["Carrier", "CarryOut", "carried", "within"]
