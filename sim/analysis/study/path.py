"""The bad-loan ratio of the main arms at the year-ends."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sim.analysis.intervals import t_interval

if TYPE_CHECKING:
    from pandas import DataFrame

SERIES = "npl_ratio"


def path_of(months: DataFrame, arms: Collection[str], bank: str) -> DataFrame:
    """Return one row per (arm, month) at month 1 and each year-end: arm, month, mean, low, high, n.

    The mean is a fraction of gross loans, with its t interval over the seeds.
    """
    import pandas as pd

    dates = [1, *range(12, int(months["month"].max()) + 1, 12)]
    chosen = months[months["month"].isin(dates) & (months["bank"] == bank)]
    rows = []
    for (arm, month), part in chosen.groupby(["arm", "month"], sort=True):
        if arm in arms:
            found = t_interval(part[SERIES])
            ends = {"low": found.low, "high": found.high, "n": found.n}
            rows.append({"arm": arm, "month": month, "mean": found.mean} | ends)
    return pd.DataFrame(rows)
