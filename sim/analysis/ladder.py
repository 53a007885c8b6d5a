"""What each package adds when packages are introduced one after another.

The thesis gives one order; taking the best next step each time gives another.  Both together
show how much of a ladder depends on the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.analysis.coalitions import Arms, Coalition, arm_of, check_packages, prefixes
from sim.analysis.contrasts import contrast
from sim.analysis.frames import Unmatched, panel
from sim.analysis.intervals import t_interval
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from pandas import DataFrame

Better = Literal["lower", "higher"]


def ladder(
    runs: DataFrame,
    arms: Arms,
    order: Sequence[str],
    metric: str,
    bank: str | None = None,
    level: float = 0.95,
    unmatched: Unmatched = "refuse",
) -> DataFrame:
    """Return one row per step, the base first, in the given order.

    Columns: position, package ("" at the base), value (mean); step, step_low, step_high (against
    the position before); change, change_low, change_high (against the base); n.  Intervals are
    paired t.
    """
    import pandas as pd

    check_packages(order)
    steps = [arm_of(arms, coalition) for coalition in prefixes(order)]
    one = panel(runs, steps, [metric], bank, unmatched)
    rows = []
    for i, arm in enumerate(steps):
        y = one.of(arm, metric)
        row = {"position": i, "package": order[i - 1] if i else ""}
        row["value"] = float(np.nanmean(y)) if np.isfinite(y).any() else np.nan
        for name, below in (("step", steps[max(i - 1, 0)]), ("change", steps[0])):
            weights = {arm: 1.0, below: -1.0} if i else {arm: 0.0}
            found = t_interval(contrast(one, weights, metric).values, level)
            row |= {name: found.mean, f"{name}_low": found.low, f"{name}_high": found.high}
            row["n"] = found.n
        rows.append(row)
    return pd.DataFrame(rows)


def next_steps(order: Sequence[str], packages: Sequence[str]) -> list[Coalition]:
    """Return the coalitions that must be run to choose the next package after `order`."""
    so_far = frozenset(order)
    return [so_far, *(so_far | {p} for p in packages if p not in so_far)]


def best_next(
    runs: DataFrame,
    arms: Arms,
    order: Sequence[str],
    packages: Sequence[str],
    metric: str,
    better: Better,
    bank: str | None = None,
    unmatched: Unmatched = "refuse",
) -> str:
    """Return the package whose addition to `order` improves the metric most on average.

    Ties go to the one named first.  The chosen step looks a little better than it is, because
    the same seeds choose it and measure it.
    """
    so_far = frozenset(order)
    open_still = [p for p in packages if p not in so_far]
    if not open_still:
        raise RequestError("every package is on the ladder already")
    names = [arm_of(arms, coalition) for coalition in next_steps(order, packages)]
    one = panel(runs, names, [metric], bank, unmatched)
    values = one.values[:, :, 0]
    known = np.isfinite(values).all(axis=0)
    if not known.any():
        raise RequestError(f"no seed has a value of '{metric}' in every arm: nothing to choose by")
    means = values[1:, known].mean(axis=1)
    best = np.argmin(means) if better == "lower" else np.argmax(means)
    return open_still[int(best)]


def best_order(
    runs: DataFrame,
    arms: Arms,
    packages: Sequence[str],
    metric: str,
    better: Better,
    bank: str | None = None,
    unmatched: Unmatched = "refuse",
) -> tuple[str, ...]:
    """Return the greedy order, best next step first, from arms that have all been run.

    A runner that has not run all coalitions calls `next_steps` and `best_next` in turn.
    """
    order: tuple[str, ...] = ()
    while len(order) < len(packages):
        order += (best_next(runs, arms, order, packages, metric, better, bank, unmatched),)
    return order
