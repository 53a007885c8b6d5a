"""The outcomes of single arms: mean over the seeds and its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.apps.layout import Row, TextColumn, laid_out
from sim.report.units import decimals, interval, scale_of, titled, written

if TYPE_CHECKING:
    import pandas as pd

MAIN = (
    "default_rate", "npl_ratio", "profit", "roe", "cost", "approval_rate", "credit_granted",
    "days_to_decision",
)  # fmt: skip
COLUMNS = (
    TextColumn("", prose=True),
    TextColumn("mean", number=True),
    TextColumn("95 % interval", number=True),
)


def main_outcomes(runs: pd.DataFrame, width: int) -> list[str]:
    """Return the lines of a table of the main outcomes, a block for each arm and bank."""
    rows: list[Row] = []
    several = runs["bank"].nunique() > 1
    for (arm, bank), part in runs.groupby(["arm", "bank"], sort=False):
        seeds = len(part)
        name = f"{arm}, bank {bank}" if several else str(arm)
        rows.append(f"{name}: {seeds:,} {'seeds' if seeds > 1 else 'seed'}")
        rows += _block(part)
    return laid_out(COLUMNS, rows, width)


def _block(part: pd.DataFrame) -> list[list[str]]:
    from sim.analysis.intervals import t_interval
    from sim.outcomes import METRICS

    rows = []
    for metric in (METRICS[name] for name in MAIN if name in METRICS and name in part):
        scale = scale_of(metric.unit)
        found = t_interval(scale.factor * part[metric.name].to_numpy())
        digits = decimals((found.high - found.low) / 2, found.mean)
        rows.append(
            [
                "  " + titled(metric.title, metric.unit),
                written(found.mean, digits),
                interval(found.low, found.high, digits),
            ]
        )
    return rows
