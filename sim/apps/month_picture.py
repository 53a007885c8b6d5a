"""The month as a picture: a Mermaid flow chart of the plan, part by part."""

from __future__ import annotations

from itertools import groupby

from sim.model.plan import Plan
from sim.model.plan_edits import DescribedStep, described


def month_picture(plan: Plan) -> str:
    """Return a Mermaid flow chart: one box per part of the month with its steps, in order.

    A step that runs for each bank in turn has double sides.
    """
    lines, number = ["flowchart TB"], 0
    parts = [(heading, list(steps)) for heading, steps in groupby(described(plan), _heading)]
    for k, (heading, steps) in enumerate(parts):
        lines += [f'  subgraph P{k}["{heading}"]', "    direction LR"]
        names = []
        for step in steps:
            left, right = ("[[", "]]") if step.by_bank else ("[", "]")
            names.append(f"S{number}")
            lines.append(f'    S{number}{left}"{step.name}"{right}')
            number += 1
        lines += [f"    {' --> '.join(names)}", "  end"]
    lines.append("  " + " --> ".join(f"P{k}" for k in range(len(parts))))
    return "\n".join(lines)


def _heading(step: DescribedStep) -> str:
    return step.part
