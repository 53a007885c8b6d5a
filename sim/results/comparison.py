"""The outcomes of arms against a base, each row with title, unit and group of its outcome.

The verdict says which direction is better, corrected for all outcomes of a table (Holm).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from sim.outcomes.metric import Metric

GROUPS = {
    "risk": "Risk",
    "profit": "Profit and cost",
    "access": "Access",
    "work": "Work",
    "truth": "Truth, which no bank sees",
}
BETTER = {("lower", "lower"): "better", ("lower", "higher"): "worse",
          ("higher", "higher"): "better", ("higher", "lower"): "worse"}  # fmt: skip


def compared(runs: pd.DataFrame, base: str, others: Sequence[str]) -> pd.DataFrame:
    """Return one row per arm, bank and judged outcome: `worded` rows of the paired differences.

    Only banks that both arms have are compared.  Seeds missing in one arm because a run failed are
    left out of the pair and counted as dropped.
    """
    import pandas as pd

    from sim.analysis.frames import of_shared_banks
    from sim.analysis.paired import compare_arms
    from sim.outcomes import METRICS

    metrics = [name for name, one in METRICS.items() if name in runs and one.judged]
    tables = [
        compare_arms(
            of_shared_banks(runs, [base, other]), base, other, metrics, unmatched="drop"
        ).assign(arm=other)
        for other in others
    ]
    return worded(pd.concat(tables, ignore_index=True))


def worded(table: pd.DataFrame) -> pd.DataFrame:
    """Add title, unit and group of the metric to each row, and the verdict better or worse."""
    from sim.outcomes import METRICS

    metrics = [METRICS[name] for name in table["metric"]]
    table = table.assign(
        group=[group_of(metric) for metric in metrics],
        title=[metric.title for metric in metrics],
        unit=[metric.unit for metric in metrics],
        better=[metric.better for metric in metrics],
        verdict=[
            BETTER.get((metric.better, verdict), verdict)
            for metric, verdict in zip(metrics, table["verdict"], strict=True)
        ],
    )
    first = ["arm", "bank", "group", "metric", "title", "unit", "better"]
    return table[[*first, *table.columns.difference(first, sort=False)]]


def group_of(metric: Metric) -> str:
    """Return the group of an outcome: the name of the file that defines it."""
    return metric.compute.__module__.rpartition(".")[2]


def group_title(group: str) -> str:
    """Return the heading of a group of outcomes."""
    return GROUPS.get(group, group.capitalize())
