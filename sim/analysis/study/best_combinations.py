"""Which combinations of parts are worth having: those that no other beats on risk and profit.

The best of many looks better than it is on the seeds on which it was chosen.  So it is chosen on
every second seed, and judged on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.coalitions import Arms
from sim.analysis.contrasts import contrast
from sim.analysis.frames import Panel, panel
from sim.analysis.intervals import t_interval
from sim.core.arrays import Bools, Floats
from sim.core.names import BASE
from sim.outcomes import METRICS

if TYPE_CHECKING:
    from pandas import DataFrame

PROFIT = "profit"
FEWEST = 4  # seeds: with fewer, a half gives no interval


def best_combinations(
    runs: DataFrame, arms: Arms, metrics: Sequence[str], bank: str
) -> DataFrame | None:
    """Return one row per (arm, metric), the differences of every combination from the base.

    Columns: arm, parts (joined by " + "), metric, difference with its t interval `low`, `high`, n;
    `efficient` (1 or 0): no combination has both less of the first metric (more, where that is
    better) and more profit; `chosen` (1 or 0): the highest mean profit on every second seed, and
    then, for the chosen arm, `judged`, `judged_low`, `judged_high` on the others, and `overstated`:
    how much better it looked where it was chosen.  None without profit, without combinations, or on
    few seeds.
    """
    import pandas as pd

    named = {arm: " + ".join(sorted(parts)) for parts, arm in arms.items()}
    known = [arm for arm in named if arm in set(runs["arm"])]
    if PROFIT not in metrics or len(known) < 3 or BASE not in known:
        return None
    one = panel(runs, known, metrics, bank, "drop")
    if one.seeds.size < FEWEST:
        return None
    efficient = _efficient(one, metrics[0])
    first = np.arange(one.seeds.size) % 2 == 0
    chosen = max(known, key=lambda arm: float(np.nanmean(one.of(arm, PROFIT)[first])))
    rows = []
    for arm in known:
        for metric in metrics:
            values = _differences(one, arm, metric)
            whole = t_interval(values)
            row: dict[str, Any] = {
                "arm": arm, "parts": named[arm], "metric": metric,
                "difference": whole.mean, "low": whole.low, "high": whole.high, "n": whole.n,
                "efficient": int(arm in efficient), "chosen": int(arm == chosen),
            }  # fmt: skip
            if arm == chosen:
                judged, seen = t_interval(values[~first]), float(np.nanmean(values[first]))
                row |= {
                    "judged": judged.mean, "judged_low": judged.low, "judged_high": judged.high,
                    "overstated": seen - judged.mean,
                }  # fmt: skip
            rows.append(row)
    return pd.DataFrame(rows)


def lost_without(
    runs: DataFrame, arms: Arms, best: DataFrame, metrics: Sequence[str], bank: str
) -> DataFrame | None:
    """Return what each efficient or chosen combination loses without each of its parts.

    `best` is the table of `best_combinations`.  One row per (arm, without, metric): difference, the
    combination less the one without that part, with its t interval `low`, `high`, and n.  A
    combination whose smaller one was not run has no row; None if there is no row at all.
    """
    import pandas as pd

    held = best[(best["efficient"] > 0) | (best["chosen"] > 0)]
    known = set(runs["arm"])
    rows = []
    for parts, arm in arms.items():
        if arm not in set(held["arm"]):
            continue
        for part in sorted(parts):
            less = arms.get(parts - {part})
            if less is None or less not in known:
                continue
            pair = panel(runs, list(dict.fromkeys([arm, less])), metrics, bank, "drop")
            for metric in metrics:
                found = t_interval(contrast(pair, {arm: 1.0, less: -1.0}, metric).values)
                rows.append(
                    {"arm": arm, "parts": " + ".join(sorted(parts)), "package": part,
                     "metric": metric, "difference": found.mean, "low": found.low,
                     "high": found.high, "n": found.n}
                )  # fmt: skip
    return pd.DataFrame(rows) if rows else None


def _differences(one: Panel, arm: str, metric: str) -> Floats:
    if arm == BASE:
        return np.zeros(one.seeds.size)
    return contrast(one, {arm: 1.0, BASE: -1.0}, metric).values


def _efficient(one: Panel, risk: str) -> set[str]:
    """Return the arms that no other beats on both risk and profit, by their means."""
    sign = 1.0 if METRICS[risk].better == "higher" else -1.0
    good = np.array(
        [
            [sign * np.nanmean(one.of(arm, risk)), np.nanmean(one.of(arm, PROFIT))]
            for arm in one.arms
        ]
    )
    return {arm for arm, kept in zip(one.arms, undominated(good), strict=True) if kept}


def undominated(good: Floats) -> Bools:
    """Return which rows (n,) no other row matches in both columns and beats in one; more is good.

    `good` is (n, 2).
    """
    kept = np.ones(len(good), np.bool_)
    for k, mine in enumerate(good):
        as_good = (good >= mine).all(axis=1)
        kept[k] = not (as_good & (good > mine).any(axis=1)).any()
    return kept
