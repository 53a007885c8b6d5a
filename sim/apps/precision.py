"""Add seeds in rounds until differences reach the requested precision, or a cap is reached.

The rule uses the half-width only, never the verdict (`sim.analysis.stopping`).
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.apps.batch import How
from sim.core.errors import RequestError, nearest_few
from sim.results.units import SCALES, decimals, scale_of, written

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.stopping import Precision, StoppingDecision
    from sim.runs.outcome import Outcome
    from sim.runs.plan import Plan


def read_precision(texts: list[str]) -> dict[str, float]:
    """Return the requested half-width of each metric, in the metric's unit.

    ``npl_ratio=0.001`` and, for percentages, ``npl_ratio=0.1%`` mean the same.  Raises
    `RequestError` for an unknown metric or an invalid number.
    """
    from sim.outcomes import METRICS

    wanted: dict[str, float] = {}
    for text in texts:
        name, equals, number = (part.strip() for part in text.partition("="))
        if not equals:
            raise RequestError(f"--precision {text}: write it as METRIC=HALFWIDTH")
        if name not in METRICS:
            hint = nearest_few(name, METRICS, "smelend describe metrics")
            raise RequestError(f"--precision {text}: no metric '{name}'{hint}")
        unit = METRICS[name].unit
        percent = number.endswith("%") and "%" in scale_of(unit).level
        try:
            value = float(number.removesuffix("%").rstrip() if percent else number)
        except ValueError:
            value = float("nan")
        if not 0 < value < float("inf"):
            like = "0.001 or 0.1%" if "%" in scale_of(unit).level else "a number"
            raise RequestError(
                f"--precision {text}: the half-width must be above 0 ({unit}), such as {like}; "
                f"found '{number}'"
            )
        wanted[name] = value / 100 if percent else value
    return wanted


def run_until_precise(
    plan: Plan, folder: Path, how: How, wanted: Mapping[str, float], cap: int
) -> Outcome:
    """Run the arms of a plan on seeds 1 to n, n growing until every half-width is met or n = cap.

    Each arm is compared with the first.  The precision of each metric is printed on standard error.
    """
    from sim.analysis.stopping import Precision
    from sim.runs.reading import read_runs

    if cap < 2:
        raise RequestError(f"--cap {cap}: must be at least 2 seeds")
    rules = {name: Precision(half_width=width, cap=cap) for name, width in wanted.items()}
    first = min(cap, max(rule.fewest for rule in rules.values()))
    seeds = max(first, _planned_seeds(folder))
    while True:
        grown = dataclasses.replace(plan, seeds=tuple(range(1, seeds + 1)))
        outcome = how.carry_out(grown, folder)
        if not outcome.done:
            return outcome
        runs = read_runs(folder, columns=list(rules))
        steps = list(_steps(runs, list(plan.arms), seeds, rules))
        if not how.quiet:
            for metric, step in _widest(steps).items():
                print(_progress(metric, step, seeds, wanted[metric]), file=sys.stderr)
        more = max(step.wanted for _, step in steps)
        if not more:
            return outcome
        seeds += more


def _planned_seeds(folder: Path) -> int:
    """Return how many seeds an earlier call planned in this folder; the number may only grow."""
    from sim.runs.layout import Folder
    from sim.runs.manifest import read_manifest

    manifest = read_manifest(Folder(folder))
    return len(manifest.seeds) if manifest else 0


def _steps(
    runs: pd.DataFrame, arms: list[str], seeds: int, rules: Mapping[str, Precision]
) -> list[tuple[str, StoppingDecision]]:
    """Return what to do next for each metric, other arm and bank."""
    from sim.analysis.stopping import next_step

    steps = []
    for metric, rule in rules.items():
        for _, part in runs.groupby("bank"):
            table = part.pivot(index="seed", columns="arm", values=metric)
            # a run that failed counts towards the cap
            table = table.reindex(index=range(1, seeds + 1), columns=arms)
            for other in arms[1:]:
                difference = table[other] - table[arms[0]]
                steps.append((metric, next_step(difference.to_numpy(), rule)))
    return steps


def _widest(steps: list[tuple[str, StoppingDecision]]) -> dict[str, StoppingDecision]:
    widest: dict[str, StoppingDecision] = {}
    for metric, step in steps:
        if metric not in widest or step.half_width > widest[metric].half_width:
            widest[metric] = step
    return widest


def _progress(metric: str, step: StoppingDecision, seeds: int, wanted: float) -> str:
    from sim.outcomes import METRICS

    unit = METRICS[metric].unit
    scale = scale_of(unit) if unit in SCALES else scale_of("")
    digits = decimals(scale.factor * wanted, 0.0)
    now, aim = (written(scale.factor * width, digits) for width in (step.half_width, wanted))
    confirm = f"; {step.wanted} more seeds, for which it must stay so"
    on = confirm if step.half_width <= wanted else ""
    ends = {"precision": "; reached", "cap": "; stopped at the cap", "": on}
    known = f"{metric} known to +-{now}, wanted +-{aim} {scale.difference}".rstrip()
    return f"{seeds:,} seeds: {known}{ends[step.reason]}"
