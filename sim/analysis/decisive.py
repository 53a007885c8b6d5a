"""The interval of a difference that agrees with its verdict, which Holm's rule adjusts.

A verdict holds for all rows of a family together, so the usual 95 % interval may exclude zero where
the verdict is undecided.  The interval at the level of Holm's rule never does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.multiplicity import holm_levels

if TYPE_CHECKING:
    from pandas import DataFrame


def decisive_intervals(table: DataFrame, family: str, level: float = 0.95) -> DataFrame:
    """Add `decides_low` and `decides_high`: t intervals that exclude zero where the verdict does.

    `table` has paired differences with `low`, `high` (t intervals of coverage `level`), `p` and
    `n`; rows with the same value in the column `family` were adjusted together.
    """
    from scipy.stats import t

    widened = table.assign(decides_low=table["low"], decides_high=table["high"])
    for _, part in table[table["p"].notna() & (table["n"] > 1)].groupby(family, sort=False):
        alphas = holm_levels(part["p"], 1 - level)
        freedom = part["n"].to_numpy() - 1
        wider = t.ppf(1 - alphas / 2, freedom) / t.ppf((1 + level) / 2, freedom)
        half = wider * (part["high"] - part["low"]).to_numpy() / 2
        middle = np.asarray(part["high"] + part["low"]) / 2
        widened.loc[part.index, "decides_low"] = middle - half
        widened.loc[part.index, "decides_high"] = middle + half
    return widened
