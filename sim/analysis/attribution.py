"""How much of the total effect each package contributes, with the error of each answer.

There are three answers because none is complete alone: the Shapley share (independent of order),
the loss when one package is left out, and the interaction of each pair.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.coalitions import Arms, arm_of, packages_of
from sim.analysis.contrasts import PROBABILITIES, Scale, contrast
from sim.analysis.frames import Unmatched, panels
from sim.analysis.intervals import Interval, t_interval
from sim.analysis.multiplicity import holm
from sim.analysis.shapley import shapley_by_seed

if TYPE_CHECKING:
    from pandas import DataFrame


def attribute(
    runs: DataFrame,
    arms: Arms,
    metrics: Collection[str] | None = None,
    level: float = 0.95,
    unmatched: Unmatched = "refuse",
) -> DataFrame:
    """Return exact Shapley shares, one row per (bank, metric, package).

    Columns: bank, metric, package, contribution (metric's unit) with paired t interval low,
    high, p, p_holm (over all rows), n, and share = contribution / total, NaN where the total's
    own interval covers zero.
    """
    shares = shapley_by_seed(runs, arms, metrics, unmatched)
    rows = []
    for one in panels(shares, packages_of(arms), metrics):
        for metric in one.metrics:
            values = np.array([one.of(package, metric) for package in one.arms])
            total = t_interval(values.sum(axis=0), level)
            rows += [
                _row(one.bank, metric, found, package=package, contribution=found.mean)
                | {"share": share_of(found.mean, total)}
                for package, found in zip(
                    one.arms, [t_interval(v, level) for v in values], strict=True
                )
            ]
    return _table(rows)


def share_of(part: float, total: Interval) -> float:
    """Return part / total, or NaN where the total may be zero or has no interval."""
    clear = total.low > 0 or total.high < 0
    return part / total.mean if clear else np.nan


def leave_one_out(
    runs: DataFrame,
    arms: Arms,
    packages: Sequence[str],
    metrics: Collection[str] | None = None,
    level: float = 0.95,
    unmatched: Unmatched = "refuse",
) -> DataFrame:
    """Return what all packages together lose without each one: ``all - all without package``.

    One row per (bank, metric, package), columns as in `attribute` without `share`.
    """
    whole = frozenset(packages)
    full = arm_of(arms, whole)
    rest = {package: arm_of(arms, whole - {package}) for package in packages}
    rows = []
    for one in panels(runs, [full, *rest.values()], metrics, unmatched):
        for metric in one.metrics:
            for package, without in rest.items():
                values = contrast(one, {full: 1.0, without: -1.0}, metric).values
                found = t_interval(values, level)
                rows.append(_row(one.bank, metric, found, package=package, contribution=found.mean))
    return _table(rows)


def interactions(
    runs: DataFrame,
    arms: Arms,
    packages: Sequence[str],
    metrics: Collection[str] | None = None,
    level: float = 0.95,
    probabilities: Collection[str] = PROBABILITIES,
    unmatched: Unmatched = "refuse",
) -> DataFrame:
    """Return the interaction of each pair beyond the base: ``y_ab - y_a - y_b + y_0``.

    Metrics in `probabilities` are compared on log-odds, others as they are (column scale).
    Columns: bank, metric, first, second, scale, interaction, low, high, p, p_holm, n.
    """
    base = arm_of(arms, frozenset())
    single = {p: arm_of(arms, frozenset({p})) for p in packages}
    both = {two: arm_of(arms, frozenset(two)) for two in combinations(packages, 2)}
    rows = []
    for one in panels(runs, [base, *single.values(), *both.values()], metrics, unmatched):
        for metric in one.metrics:
            scale: Scale = "log-odds" if metric in probabilities else "plain"
            for (a, b), together in both.items():
                weights = {together: 1.0, single[a]: -1.0, single[b]: -1.0, base: 1.0}
                found = t_interval(contrast(one, weights, metric, scale).values, level)
                names = {"first": a, "second": b, "scale": scale, "interaction": found.mean}
                rows.append(_row(one.bank, metric, found, **names))
    return _table(rows)


def _row(bank: str, metric: str, found: Interval, **names: object) -> dict[str, object]:
    p = found.p if found.n > 1 else np.nan
    ends = {"low": found.low, "high": found.high, "n": found.n, "p": p}
    return {"bank": bank, "metric": metric, **names, **ends}


def _table(rows: list[dict[str, object]]) -> DataFrame:
    import pandas as pd

    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"]) if rows else []
    return table
