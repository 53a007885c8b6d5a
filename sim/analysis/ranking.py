"""How often each arm comes first over many draws from the assumed ranges.

A ranking at one set of assumed numbers says more about the numbers than about the measures.
Over many draws, at equal money, the probability of rank 1 shows which ranking is robust.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.analysis.frames import check_columns
from sim.core.errors import RequestError, nearest

if TYPE_CHECKING:
    from pandas import DataFrame


def rank_one(
    draws: DataFrame,
    metric: str,
    better: Literal["lower", "higher"],
    *,
    draw: str = "draw",
    level: float = 0.95,
) -> DataFrame:
    """Return one row per arm: probability of rank 1 with Wilson interval, and mean rank.

    `draws` has columns arm, `draw` (a number of the random draw) and the metric; several rows
    of one (draw, arm), such as seeds or banks, are averaged first.  Arms that tie share the first
    place, so arms that never differ get 1/k each.  A draw in which some arm has no value is
    left out.  Columns: arm, probability, low, high, mean_rank, n (draws), left_out; best first.
    """
    import pandas as pd
    from statsmodels.stats.proportion import proportion_confint

    check_columns(draws, [draw, "arm"], once=False)
    if metric not in draws.columns:
        known = [str(c) for c in draws.columns]
        raise RequestError(f"no metric '{metric}' in the draws{nearest(metric, known)}")
    finite = draws[metric].where(np.isfinite(draws[metric].astype(float)))
    table = (
        draws.assign(**{metric: finite})
        .groupby([draw, "arm"], sort=True)[metric]
        .mean()
        .unstack("arm")
    )
    whole = table.dropna()
    n = len(whole)
    ranks = whole.rank(axis=1, ascending=better == "lower", method="average")
    best = whole.min(axis=1) if better == "lower" else whole.max(axis=1)
    first = whole.eq(best, axis=0)
    wins = first.div(first.sum(axis=1), axis=0).sum(axis=0)
    low, high = (
        proportion_confint(wins.to_numpy(), n, 1 - level, method="wilson")
        if n
        else (np.nan, np.nan)
    )
    found = pd.DataFrame(
        {
            "arm": wins.index.astype(str),
            "probability": wins.to_numpy() / n if n else np.nan,
            "low": low,
            "high": high,
            "mean_rank": ranks.mean(axis=0).to_numpy(),
            "n": n,
            "left_out": len(table) - n,
        }
    )
    order = ["probability", "mean_rank", "arm"]
    return found.sort_values(order, ascending=[False, True, True], ignore_index=True)
