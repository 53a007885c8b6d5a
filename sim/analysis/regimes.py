"""In how much of the space of open quantities a claim holds, and which two govern it.

A thesis leaves the macro path, the share of falsifying firms and the cost of its measures
open.  A claim that holds in a fifth of that space is a different claim from one that holds in
all of it, so the map of where it holds is part of the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.bins import binned, checked
from sim.core.arrays import Floats
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from pandas import DataFrame

Where = Mapping[str, tuple[float, float]]


class Share(NamedTuple):
    """Share of the points in which a claim holds, with its Wilson interval."""

    share: float
    low: float
    high: float
    holds: int
    n: int  # points with an answer
    silent: int  # points without one


def holds_at(
    differences: ArrayLike, expect: Literal["lower", "higher"], margin: float = 0.0
) -> Floats:
    """Return 1 where a point's mean difference goes beyond the margin as expected, else 0.

    A point whose difference is zero does not hold the claim.  If no point shows any difference,
    the claim was never tested, and all answers are NaN.  A missing difference (NaN) is no answer
    and stays NaN.
    """
    d = np.asarray(differences, dtype=float)
    known = np.isfinite(d)
    if not d[known].any():
        return np.full(d.shape, np.nan)
    signed = -d if expect == "lower" else d
    return np.where(known, (signed > margin).astype(float), np.nan)


def answers(design: DataFrame, holds: str, where: Where | None = None) -> DataFrame:
    """Return the points of the design within `where` (low ≤ quantity ≤ high) that have an answer.

    The column `holds` has true/1 where the claim holds, false/0 where not, empty where unknown.
    """
    checked(design, [holds, *(where or {})])
    inside = np.ones(len(design), dtype=bool)
    for name, (low, high) in (where or {}).items():
        inside &= design[name].between(low, high).to_numpy(dtype=bool)
    points = design[inside]
    answer = points[holds].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    if not np.isin(answer[np.isfinite(answer)], (0.0, 1.0)).all():
        raise RequestError(f"column '{holds}' must say true or false at each point of the design")
    return points.assign(**{holds: answer})


def share_of_design(
    design: DataFrame, holds: str, level: float = 0.95, where: Where | None = None
) -> Share:
    """Return the share of a space-filling design's points in which the claim holds."""
    from statsmodels.stats.proportion import proportion_confint

    answer = answers(design, holds, where)[holds].to_numpy(dtype=float)
    known = answer[np.isfinite(answer)]
    n, count = len(known), int(known.sum())
    if not n:
        return Share(np.nan, np.nan, np.nan, 0, 0, len(answer))
    low, high = proportion_confint(count, n, 1 - level, method="wilson")
    return Share(count / n, float(low), float(high), count, n, len(answer) - n)


def regime_map(
    design: DataFrame, x: str, y: str, holds: str, bins: int = 4, level: float = 0.95
) -> DataFrame:
    """Return the map over two quantities as rows: one per cell that has points.

    Columns: x, y (middle of the bin, or the level of a quantity with few values), share with
    Wilson interval low, high, and n.
    """
    import pandas as pd

    points = answers(checked(design, [x, y]), holds)
    cells = points.assign(_x=binned(points[x], bins), _y=binned(points[y], bins))
    rows = []
    for (at_x, at_y), cell in cells.groupby(["_x", "_y"], sort=True):
        found = share_of_design(cell, holds, level)
        if found.n:
            rows.append({"x": at_x, "y": at_y, **_ends(found)})
    return pd.DataFrame(rows, columns=["x", "y", "share", "low", "high", "n"])


def _ends(found: Share) -> dict[str, float]:
    return {"share": found.share, "low": found.low, "high": found.high, "n": found.n}
