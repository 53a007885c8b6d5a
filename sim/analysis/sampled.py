"""The shares of many packages from sampled orders, and the source of each error.

Beyond six packages not all orders can be run.  The error from few orders is kept separate from
the error from few seeds, because the remedies differ.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.attribution import share_of
from sim.analysis.coalitions import Arms
from sim.analysis.frames import Unmatched, panels
from sim.analysis.intervals import t_interval
from sim.analysis.shapley import marginals, order_arms
from sim.core.arrays import Floats
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from pandas import DataFrame


def attribute_sampled(
    runs: DataFrame,
    arms: Arms,
    orders: Sequence[Sequence[str]],
    metrics: Collection[str] | None = None,
    level: float = 0.95,
    unmatched: Unmatched = "refuse",
) -> DataFrame:
    """Return Shapley shares from orders drawn by `draw_orders`.

    One row per (bank, metric, package).  Columns: contribution; seed_error (standard error over
    seeds, the orders fixed); sampling_error (standard error over pairs of an order and its
    reverse, the seeds fixed); low, high from both together; share as in `attribute`;
    n seeds; pairs.
    """
    import pandas as pd

    pairs = _check_pairs(orders)
    packages = sorted(orders[0])
    rows = []
    for one in panels(runs, order_arms(arms, orders), metrics, unmatched):
        effects = marginals(one, arms, orders)  # (orders, packages, n, metrics)
        halves = effects.reshape(pairs, 2, *effects.shape[1:]).mean(axis=1)
        for m, metric in enumerate(one.metrics):
            known = np.isfinite(halves[:, :, :, m]).all(axis=(0, 1))
            by_pair = halves[:, :, known, m]  # (pairs, packages, n)
            total = t_interval(by_pair.mean(axis=0).sum(axis=0), level)
            for p, package in enumerate(packages):
                found = two_errors(by_pair[:, p], level)
                rows.append(
                    {"bank": one.bank, "metric": metric, "package": package}
                    | found
                    | {"share": share_of(found["contribution"], total)}
                    | {"n": int(known.sum()), "pairs": pairs}
                )
    return pd.DataFrame(rows)


def two_errors(effects: Floats, level: float) -> dict[str, float]:
    """Return the mean of effects (pairs, n) with both standard errors and their interval.

    Both are drawn at random and crossed; their variances add (the part that belongs to both is
    counted twice, on the safe side), with Satterthwaite's degrees of freedom.
    """
    pairs, n = effects.shape
    mean = float(effects.mean()) if n else np.nan
    if n < 2:
        unknown = {"seed_error": np.nan, "sampling_error": np.nan, "low": np.nan, "high": np.nan}
        return {"contribution": mean, **unknown}
    from scipy import stats

    seed = float(effects.mean(axis=0).var(ddof=1)) / n
    order = float(effects.mean(axis=1).var(ddof=1)) / pairs
    both = seed + order
    squares = seed**2 / (n - 1) + order**2 / (pairs - 1)
    freedom = both**2 / squares if squares > 0 else np.inf
    half = float(stats.t.ppf((1 + level) / 2, freedom)) * np.sqrt(both)
    return {
        "contribution": mean,
        "seed_error": float(np.sqrt(seed)),
        "sampling_error": float(np.sqrt(order)),
        "low": mean - half,
        "high": mean + half,
    }


def _check_pairs(orders: Sequence[Sequence[str]]) -> int:
    unpaired = any(
        tuple(order) != tuple(back)[::-1]
        for order, back in zip(orders[::2], orders[1::2], strict=False)
    )
    if len(orders) < 4 or len(orders) % 2 or unpaired:
        raise RequestError(
            "the sampling error needs at least two pairs of an order and its reverse; "
            "draw them with coalitions.draw_orders(...)"
        )
    return len(orders) // 2
