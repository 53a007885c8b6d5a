"""Take, leave or undecided: what a study says to do with each part, from here and in the package.

A part is taken where it is significantly better in something that counts and worse in nothing.
It is left where it is significantly worse in something and nothing even hints at a gain: no 95 %
interval lies on the better side, before the correction for many tests.  A gain bought with a loss
is no verdict but a choice: undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.analysis.coalitions import Arms, Coalition
from sim.analysis.contrasts import contrast
from sim.analysis.frames import Panel, panel
from sim.analysis.intervals import t_interval
from sim.analysis.multiplicity import holm
from sim.outcomes import METRICS

if TYPE_CHECKING:
    from pandas import DataFrame

Decision = Literal["take", "leave", "undecided"]
COUNTS = ("npl_formation", "profit", "credit_to_good")  # beside the first metric of the study
PROFIT = "profit"
ALONE, LAST = "alone", "with all others"
CHANCE = 0.05
FEWEST = 4  # seeds: with fewer, a half gives no interval


def criteria(metrics: Sequence[str]) -> list[str]:
    """Return the outcomes by which parts are decided: the first one, bad loans, profit, credit."""
    return list(dict.fromkeys([metrics[0], *(one for one in COUNTS if one in metrics)]))


def decisions(
    runs: DataFrame, arms: Arms, parts: Sequence[str], metrics: Sequence[str], bank: str
) -> DataFrame | None:
    """Return one row per (part, kind, metric), kind: alone on the base, or with all others.

    Columns: package, kind, metric, difference with its t interval `low`, `high`, n, p, p_holm (over
    all rows), verdict (better, worse or undecided) and decision, that of the part.  None where no
    part was run in either way.  A part with an outcome that is known
    on fewer than half of the seeds is undecided.
    """
    import pandas as pd

    pairs = [pair for pair in _pairs(parts, arms) if set(pair[2:]) <= set(runs["arm"])]
    if not pairs:
        return None
    chosen = criteria(metrics)
    names = list(dict.fromkeys(arm for _, _, more, less in pairs for arm in (more, less)))
    one = panel(runs, names, chosen, bank, "drop")
    rows = [
        {"package": part, "kind": kind, "metric": metric, **_difference(one, more, less, metric)}
        for part, kind, more, less in pairs
        for metric in chosen
    ]
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"])  # either way may decide, so both share one correction
    table["verdict"] = [_verdict(row) for row in table.to_dict("records")]
    hints = pd.Series([_hints_at_gain(row) for row in table.to_dict("records")], table.index)
    found = {
        part: _decided(mine["verdict"], bool(hints[mine.index].any()))
        if 2 * mine["n"].min() >= mine["n"].max()
        else "undecided"
        for part, mine in table.groupby("package")
    }
    table["decision"] = table["package"].map(found)
    return table


def best_step(
    runs: DataFrame, arms: Arms, parts: Sequence[str], metrics: Sequence[str], bank: str
) -> DataFrame | None:
    """Return the best single step from the base, one row per outcome.

    Chosen on every second seed: of the parts that do not raise the first metric (lower it, where
    more is better) and add to profit, the one that adds most.  Columns: package, metric, seen
    (difference where it was chosen), judged with `low`, `high` (on the other seeds), n, overstated.
    None without profit, without such a part, or on few seeds.
    """
    import pandas as pd

    alone = {part: arms[frozenset({part})] for part in parts if frozenset({part}) in arms}
    base = arms.get(frozenset())
    if PROFIT not in metrics or not alone or base is None:
        return None
    if not {base, *alone.values()} <= set(runs["arm"]):
        return None
    one = panel(runs, list(dict.fromkeys([base, *alone.values()])), metrics, bank, "drop")
    if one.seeds.size < FEWEST:
        return None
    first = np.arange(one.seeds.size) % 2 == 0

    def seen(part: str, metric: str) -> float:
        values = contrast(one, {alone[part]: 1.0, base: -1.0}, metric).values[first]
        return float(np.nanmean(values)) if np.isfinite(values).any() else np.nan

    sign = -1.0 if METRICS[metrics[0]].better == "higher" else 1.0
    better = [
        part for part in alone if sign * seen(part, metrics[0]) <= 0.0 and seen(part, PROFIT) > 0.0
    ]
    if not better:
        return None
    best = max(better, key=lambda part: seen(part, PROFIT))
    rows = []
    for metric in metrics:
        values = contrast(one, {alone[best]: 1.0, base: -1.0}, metric).values[~first]
        judged = t_interval(values)
        rows.append(
            {"package": best, "metric": metric, "seen": seen(best, metric), "judged": judged.mean,
             "low": judged.low, "high": judged.high, "n": judged.n,
             "overstated": seen(best, metric) - judged.mean}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _pairs(parts: Sequence[str], arms: Arms) -> Iterator[tuple[str, str, str, str]]:
    """Yield part, kind, and the two arms whose difference is the part's effect."""
    whole: Coalition = frozenset(parts)
    empty: Coalition = frozenset()
    for part in parts:
        ways = [(ALONE, frozenset({part}), empty)]
        if len(parts) > 1:
            ways.append((LAST, whole, whole - {part}))
        for kind, more, less in ways:
            if more in arms and less in arms:
                yield part, kind, arms[more], arms[less]


def _difference(one: Panel, more: str, less: str, metric: str) -> dict[str, Any]:
    found = t_interval(contrast(one, {more: 1.0, less: -1.0}, metric).values)
    ends = {"difference": found.mean, "low": found.low, "high": found.high}
    return {**ends, "n": found.n, "p": found.p}


def _verdict(row: dict[Any, Any]) -> str:
    better = METRICS[row["metric"]].better
    if not row["p_holm"] <= CHANCE or row["difference"] == 0.0 or better == "none":
        return "undecided"
    return "better" if (row["difference"] > 0.0) == (better == "higher") else "worse"


def _hints_at_gain(row: dict[Any, Any]) -> bool:
    better = METRICS[row["metric"]].better
    return bool(row["low"] > 0.0 if better == "higher" else row["high"] < 0.0)


def _decided(verdicts: Iterable[str], hints_at_gain: bool) -> Decision:
    """Return take for gains without a loss, alone or with all others; leave for losses alone."""
    found = set(verdicts)
    if "better" in found:
        return "undecided" if "worse" in found else "take"
    return "leave" if "worse" in found and not hints_at_gain else "undecided"
