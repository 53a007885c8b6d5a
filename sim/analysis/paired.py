"""How two arms differ on common seeds, outcome by outcome.

This is the primary result of every study.  Common random numbers cancel most of the variation;
the table reports how much, because it is what the reader's computing time gains.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.contrasts import contrast
from sim.analysis.frames import Panel, Unmatched, panels
from sim.analysis.intervals import bca_intervals, t_interval
from sim.analysis.multiplicity import holm
from sim.core.arrays import Floats
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from pandas import DataFrame


def compare_arms(
    runs: DataFrame,
    base: str,
    other: str,
    metrics: Collection[str] | None = None,
    level: float = 0.95,
    *,
    unmatched: Unmatched = "refuse",
    resamples: int = 9_999,
) -> DataFrame:
    """Return one row per (bank, metric) of the paired difference ``other - base``.

    Columns: bank, metric; base and other (means over the seeds compared); difference with its
    t interval `low`, `high` and BCa interval `boot_low`, `boot_high`; `p` and `p_holm`, adjusted
    over all rows; `verdict` (higher, lower, or undecided at this precision, by `p_holm`); `n`
    seeds with both values; `dropped` seeds without a partner; `variance_reduction` =
    (variance of base + variance of other) / variance of the difference, infinite where common
    seeds cancel all variation and NaN where there is none.
    """
    import pandas as pd

    if base == other:
        raise RequestError(f"arm '{base}' cannot be compared with itself")
    tested = [
        (panel, metric, contrast(panel, {other: 1.0, base: -1.0}, metric).values)
        for panel in panels(runs, [base, other], metrics, unmatched)
        for metric in panel.metrics
    ]
    table = pd.DataFrame([_row(*each, base, other, level) for each in tested])
    ends = bca_intervals([values for *_, values in tested], level, resamples)
    table[["boot_low", "boot_high"]] = ends
    table["p_holm"] = holm(table["p"])
    # a row without data is not a test
    decided = (table["p_holm"] <= 1 - level) & (table["difference"] != 0)
    sign = np.where(table["difference"] > 0, "higher", "lower")
    table["verdict"] = np.where(decided, sign, "undecided")
    return table[COLUMNS]


COLUMNS = [
    *("bank", "metric", "base", "other", "difference", "low", "high", "boot_low", "boot_high"),
    *("p", "p_holm", "verdict", "n", "dropped", "variance_reduction"),
]


def variance_reduction(base: Floats, other: Floats) -> float:
    """Return how many times more seeds independent random numbers need: (Vb + Vo) / Vd."""
    if len(base) < 2:
        return np.nan
    apart = float(base.var(ddof=1) + other.var(ddof=1))
    together = float(np.var(other - base, ddof=1))
    # variances this far below the level squared are rounding errors
    rounding = 1e-24 * float(np.max(np.abs(base)) + np.max(np.abs(other))) ** 2
    if apart <= rounding:
        return np.nan
    return np.inf if together <= rounding else apart / together


def _row(
    panel: Panel, metric: str, values: Floats, base: str, other: str, level: float
) -> dict[str, object]:
    y_base, y_other = panel.of(base, metric), panel.of(other, metric)
    both = np.isfinite(y_base) & np.isfinite(y_other)
    y_base, y_other = y_base[both], y_other[both]
    found = t_interval(values, level)
    return {
        "bank": panel.bank,
        "metric": metric,
        "base": y_base.mean() if found.n else np.nan,
        "other": y_other.mean() if found.n else np.nan,
        "difference": found.mean,
        "low": found.low,
        "high": found.high,
        "p": found.p if found.n > 1 else np.nan,
        "n": found.n,
        "dropped": panel.dropped,
        "variance_reduction": variance_reduction(y_base, y_other),
    }
