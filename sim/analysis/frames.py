"""What a `runs` frame is, and how its arms are lined up on common seeds.

Every comparison here is paired, so the one place where rows are matched is also the one place
that refuses duplicates, unknown arms and seeds without a partner.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.core.errors import RequestError, nearest

if TYPE_CHECKING:
    from pandas import DataFrame

Unmatched = Literal["refuse", "drop"]

KEYS = ("arm", "seed", "bank")
NOT_METRICS = (*KEYS, "month")


@dataclass(frozen=True)
class Panel:
    """One bank's outcomes, arms side by side on the seeds that all of them have."""

    bank: str
    arms: tuple[str, ...]
    metrics: tuple[str, ...]
    seeds: NDArray[np.int64]  # (n,) ascending
    values: Floats  # (arms, n, metrics); NaN where a metric has no finite value
    dropped: int  # seeds that at least one arm lacks

    def of(self, arm: str, metric: str) -> Floats:
        """Return one arm's values of one metric, shape (n,), in the metric's unit."""
        return self.values[self.arms.index(arm), :, self.metrics.index(metric)]


def metric_names(runs: DataFrame, metrics: Collection[str] | None = None) -> tuple[str, ...]:
    """Return the requested metrics, or every numeric column that is not a key."""
    numeric = runs.select_dtypes("number").columns
    known = tuple(str(name) for name in numeric if name not in NOT_METRICS)
    if metrics is None:
        return known
    for name in metrics:
        if name not in known:
            raise RequestError(
                f"no metric '{name}' in the runs; known: {', '.join(known)}{nearest(name, known)}"
            )
    return tuple(metrics)


def check_arms(frame: DataFrame, arms: Collection[str]) -> None:
    """Raise `RequestError` unless every arm occurs in the frame."""
    known = sorted(map(str, frame["arm"].unique()))
    for arm in arms:
        if arm not in known:
            raise RequestError(
                f"no arm '{arm}' in the runs; known: {', '.join(known)}{nearest(arm, known)}"
            )


def of_shared_banks(frame: DataFrame, arms: Sequence[str] | None = None) -> DataFrame:
    """Return the rows of the banks that all of these arms have; without `arms`, all in the frame.

    Raises `RequestError` if an arm does not occur or no bank is in all of them.
    """
    arms = list(frame["arm"].unique()) if arms is None else arms
    check_arms(frame, arms)
    banks = [set(frame.loc[frame["arm"] == arm, "bank"]) for arm in arms]
    shared = set.intersection(*banks)
    if not shared:
        raise RequestError(f"no bank is in all of the arms {', '.join(map(repr, arms))}")
    if len(shared) == len(set.union(*banks)):
        return frame
    return frame[frame["bank"].isin(shared)]


def check_columns(frame: DataFrame, keys: Collection[str], once: bool = True) -> None:
    """Raise `RequestError` if a key column is missing or, with `once`, if a key occurs twice."""
    missing = [key for key in keys if key not in frame.columns]
    if missing:
        raise RequestError(f"the frame lacks the column '{missing[0]}'; it needs {', '.join(keys)}")
    twice = frame.duplicated(list(keys))
    if once and twice.any():
        found = frame.loc[twice, list(keys)].iloc[0].to_dict()
        raise RequestError(
            f"more than one row for {found}; a frame has one row per {', '.join(keys)}"
        )


def panels(
    runs: DataFrame,
    arms: Sequence[str],
    metrics: Collection[str] | None = None,
    unmatched: Unmatched = "refuse",
) -> list[Panel]:
    """Return one panel per bank, banks in order of name.

    A seed that some arm lacks is refused, or dropped from all arms and counted in `dropped`
    when `unmatched` is ``"drop"`` (a run that failed leaves such a gap).
    """
    check_columns(runs, KEYS)
    check_arms(runs, arms)
    names = metric_names(runs, metrics)
    chosen = runs[runs["arm"].isin(list(arms))]
    return [
        _panel(chosen[chosen["bank"] == bank], str(bank), tuple(arms), names, unmatched)
        for bank in sorted(chosen["bank"].unique())
    ]


def panel(
    runs: DataFrame,
    arms: Sequence[str],
    metrics: Collection[str] | None = None,
    bank: str | None = None,
    unmatched: Unmatched = "refuse",
) -> Panel:
    """Return the panel of one bank; `bank` may be left out where there is only one."""
    check_columns(runs, KEYS)
    return panels(runs[runs["bank"] == pick_bank(runs, bank)], arms, metrics, unmatched)[0]


def pick_bank(frame: DataFrame, bank: str | None) -> str:
    """Return `bank`, or the only bank in the frame; raise `RequestError` if that is unclear."""
    known = sorted(map(str, frame["bank"].unique()))
    if bank is None and len(known) == 1:
        return known[0]
    if bank is None:
        raise RequestError(f"the runs hold several banks; name one of {', '.join(known)}")
    if bank not in known:
        raise RequestError(
            f"no bank '{bank}' in the runs; known: {', '.join(known)}{nearest(bank, known)}"
        )
    return bank


def _panel(
    rows: DataFrame,
    bank: str,
    arms: tuple[str, ...],
    metrics: tuple[str, ...],
    unmatched: Unmatched,
) -> Panel:
    import pandas as pd

    held = {arm: set(rows.loc[rows["arm"] == arm, "seed"]) for arm in set(arms)}
    every = set().union(*held.values())
    common = sorted(set(every).intersection(*held.values()))
    lost = len(every) - len(common)
    if lost and unmatched == "refuse":
        arm, gaps = next((a, sorted(every - held[a])) for a in arms if every - held[a])
        raise RequestError(
            f"bank '{bank}': arm '{arm}' lacks seeds {', '.join(map(str, gaps[:5]))}"
            f"{', ...' if len(gaps) > 5 else ''} that other arms have; run them, "
            f"or set unmatched='drop' to compare the {len(common)} common seeds only"
        )
    index = pd.MultiIndex.from_product([arms, common], names=["arm", "seed"])
    table = rows.set_index(["arm", "seed"])[list(metrics)].reindex(index)
    values = table.to_numpy(dtype=float).reshape(len(arms), len(common), len(metrics))
    values = np.where(np.isfinite(values), values, np.nan)
    return Panel(bank, arms, metrics, np.array(common, dtype=np.int64), values, lost)
