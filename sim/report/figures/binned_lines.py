"""One quantity against another in classes of equal size, one line with intervals per arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.style import MARKS, PENS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def equal_classes(values: pd.Series, count: int) -> pd.Series:
    """Return for each value the middle (median) of its class, all classes of about equal size."""
    import pandas as pd

    numbers = values.astype(float)
    classes = pd.qcut(numbers, min(count, numbers.nunique()), labels=False, duplicates="drop")
    return numbers.groupby(classes).transform("median")


def draw_lines(
    axes: Axes, numbers: pd.DataFrame, arms: Sequence[str], titles: Mapping[str, str], x: str
) -> None:
    """Draw mean and interval of each arm over column `x`, with a marker per class."""
    for place, arm in enumerate(arms):
        mine = numbers[(numbers["arm"] == arm) & numbers["mean"].notna()].sort_values(x)
        pen = PENS[place]
        ends = np.array([mine["mean"] - mine["low"], mine["high"] - mine["mean"]])
        axes.errorbar(
            mine[x], mine["mean"], yerr=np.nan_to_num(ends), color=pen.colour, linestyle=pen.line,
            linewidth=pen.width, marker=MARKS[place], markersize=4.5, capsize=2.5,
            elinewidth=1.0, label=titles.get(arm, arm),
        )  # fmt: skip
