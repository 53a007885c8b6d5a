"""Which two open quantities decide how far a claim is from failing.

The analysis uses this distance and not yes or no, which says less: a claim that holds at every
point may still be close to failing at one end of a quantity.  The measure is the share of variance
that bins explain, for each quantity and each pair.  It is transparent, needs no model, and includes
every joint effect of two quantities.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.bins import binned, bins_for, checked
from sim.analysis.multiplicity import holm
from sim.core.arrays import Floats
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from pandas import DataFrame


class Explained(NamedTuple):
    """Share of variance between bins, minus what as many bins of noise would explain."""

    share: float
    p: float


def governing(design: DataFrame, quantities: Sequence[str], by: str) -> DataFrame:
    """Return every pair of quantities, the one that governs the column `by` first.

    `by` holds numbers, or true and false; points without one are left out.  Columns: first,
    second (the stronger alone comes first), share (variance of `by` between the cells of the
    pair, adjusted for their number), first_share, second_share (each alone), p (F test) and
    p_holm over the pairs.  If `by` is the same everywhere, all shares are 0 and p is 1.
    """
    import pandas as pd

    if len(quantities) < 2:
        raise RequestError("name at least two quantities of the design")
    found = checked(design, [*quantities, by])[by].astype("Float64")
    values = np.asarray(found.to_numpy(dtype=float, na_value=np.nan), dtype=np.float64)
    points, y = design[np.isfinite(values)], values[np.isfinite(values)]
    bins = bins_for(len(y))
    codes = {q: pd.factorize(binned(points[q], bins))[0] for q in quantities}
    alone = {q: explained(codes[q], y) for q in quantities}
    rows = []
    for pair in combinations(quantities, 2):
        a, b = sorted(pair, key=lambda q: (-alone[q].share, q))
        together = explained(codes[a] * (codes[b].max(initial=0) + 1) + codes[b], y)
        rows.append(
            {"first": a, "second": b, "share": together.share, "p": together.p}
            | {"first_share": alone[a].share, "second_share": alone[b].share}
        )
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"])
    order = ["share", "first_share", "second_share", "first", "second"]
    return table.sort_values(order, ascending=[False] * 3 + [True] * 2, ignore_index=True)


def explained(codes: NDArray[Any], y: Floats) -> Explained:
    """Return the adjusted share of the variance of y (n,) that lies between groups.

    ``epsilon^2 = 1 - (1 - eta^2)(n - 1)/(n - groups)``, at least 0 (Kelley 1935), with the F
    test of equal group means.
    """
    _, group = np.unique(codes, return_inverse=True)
    n, groups = len(y), int(group.max(initial=-1)) + 1
    total = float(((y - y.mean()) ** 2).sum()) if n else 0.0
    if total == 0 or groups < 2 or n <= groups:
        return Explained(0.0, 1.0)
    from scipy import stats

    means = np.bincount(group, weights=y) / np.bincount(group)
    within = float(((y - means[group]) ** 2).sum())
    share = max(0.0, 1 - within / total * (n - 1) / (n - groups))
    if within <= 1e-12 * total:
        return Explained(share, 0.0)
    f = (total - within) / (groups - 1) / (within / (n - groups))
    return Explained(share, float(stats.f.sf(f, groups - 1, n - groups)))
