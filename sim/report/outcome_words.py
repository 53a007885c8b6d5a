"""Labels of outcomes in figures: title, scale and unit, from the list of metrics."""

from __future__ import annotations

import re
from typing import NamedTuple

from sim.results.units import scale_of


class OutcomeLabel(NamedTuple):
    """How a stored outcome is shown: `factor` per stored value; units of level and difference."""

    title: str
    factor: float
    level: str
    difference: str
    better: str  # lower, higher or none


def label_of(name: str) -> OutcomeLabel:
    """Return how an outcome is shown; an unknown name is shown as it is stored."""
    from sim.outcomes import METRICS

    metric = METRICS.get(name)
    if metric is None:
        return OutcomeLabel(name.replace("_", " "), 1.0, "", "", "none")
    scale = scale_of(metric.unit)
    return OutcomeLabel(metric.title, scale.factor, scale.level, scale.difference, metric.better)


def evidence_of(label: str) -> OutcomeLabel:
    """Return how the evidence on a claim is shown, from its label in the table of verdicts.

    The label begins with the outcome's name and is marked where the difference is in log-odds.
    """
    name = re.match(r"\w*", label)
    text = label_of(name[0] if name else "")
    if label[len(name[0]) if name else 0 :].lstrip(", ").startswith("(log-odds)"):
        return text._replace(factor=1.0, level="", difference="log-odds")
    if label.startswith("share of points"):
        return OutcomeLabel("Share of points where it holds", 100.0, "%", "%", "higher")
    return text
