"""The claim that a monthly series rises or falls from each date to the next.

"The bad-loan ratio rose three years in a row" is three steps, all of which must hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.analysis.claim import Frames, SeedClaim, asked
from sim.analysis.contrasts import snapped
from sim.analysis.evidence import Evidence, Expect, MeanEvidence
from sim.analysis.frames import KEYS, check_arms, check_columns, metric_names, pick_bank
from sim.core.arrays import Floats
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from pandas import DataFrame


class Trend(SeedClaim):
    """A series of one arm, or its paired difference to `base`, moves the same way at each step."""

    kind: Literal["trend"] = "trend"
    arm: str = asked("the arm whose series it is")
    base: str | None = asked("take the difference to this arm, month by month", None)
    months: list[int] = asked("the dates between which it moves", unit="months")
    window: int = asked("months averaged up to each date", 1, "months", ge=1)
    expect: Expect = asked("direction of each step")

    def model_post_init(self, context: Any, /) -> None:
        """Refuse fewer than two dates, or dates that are not in ascending order."""
        if len(self.months) < 2 or any(b <= a for a, b in pairwise(self.months)):
            raise ValueError("months must name at least two dates in ascending order")

    def evidence(self, frames: Frames) -> Sequence[Evidence]:
        """Return one paired step per pair of neighbouring dates."""
        table = frames.need("months")
        check_columns(table, [*KEYS, "month"])
        metric_names(table, [self.metric])
        arms = [self.arm] if self.base is None else [self.arm, self.base]
        check_arms(table, arms)
        levels = [self._levels(table, arm) for arm in arms]
        if len(levels) == 2 and frames.unmatched == "refuse" and set(levels[0]) != set(levels[1]):
            odd = sorted(set(levels[0]) ^ set(levels[1]))
            raise RequestError(
                f"seed {odd[0]} has months of only one of '{self.arm}' and '{self.base}'; "
                "run it, or set unmatched='drop'"
            )
        common = sorted(set.intersection(*(set(one) for one in levels)))
        first = np.array([levels[0][seed] for seed in common]).reshape(-1, len(self.months))
        second = np.array([levels[-1][seed] for seed in common]).reshape(first.shape)
        series = first - second if len(levels) == 2 else first
        of = self.arm if self.base is None else f"{self.arm} less {self.base}"
        return [
            MeanEvidence(
                f"{self.metric} of {of}, month {self.months[i]} to {self.months[i + 1]}",
                snapped(series[:, i + 1] - series[:, i], np.vstack([first.T, second.T])),
                self.expect,
                self.margin,
            )
            for i in range(len(self.months) - 1)
        ]

    def _levels(self, table: DataFrame, arm: str) -> dict[int, Floats]:
        bank = pick_bank(table, self.bank)
        rows = table[(table["arm"] == arm) & (table["bank"] == bank)]
        wide = rows.pivot(index="seed", columns="month", values=self.metric)
        wanted = [range(end - self.window + 1, end + 1) for end in self.months]
        absent = [month for window in wanted for month in window if month not in wide.columns]
        if absent:
            raise RequestError(f"arm '{arm}', bank '{bank}' has no month {absent[0]}")
        means = np.column_stack([wide[list(window)].mean(axis=1) for window in wanted])
        means = np.where(np.isfinite(means), means, np.nan)
        return {int(seed): row for seed, row in zip(wide.index, means, strict=True)}
