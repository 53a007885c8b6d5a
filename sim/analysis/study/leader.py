"""Which part comes first in an outcome, which second, and whether they differ significantly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.contrasts import contrast
from sim.analysis.frames import panel
from sim.analysis.intervals import t_interval
from sim.outcomes import METRICS

if TYPE_CHECKING:
    from pandas import DataFrame


def leader_of(
    frame: DataFrame, names: Sequence[str], metric: str, bank: str
) -> tuple[str, str, bool]:
    """Return the first and the second of `names` (arms of `frame`), and whether they differ.

    Two empty names where there are fewer than two, or one was not run.
    """
    if len(names) < 2 or not set(names) <= set(frame["arm"]):
        return "", "", False
    one = panel(frame, list(names), [metric], bank, "drop")
    means = {name: float(np.nanmean(one.of(name, metric))) for name in names}
    higher = METRICS[metric].better == "higher"
    first, second, *_ = sorted(names, key=lambda name: means[name], reverse=higher)
    found = t_interval(contrast(one, {first: 1.0, second: -1.0}, metric).values)
    return first, second, not found.low <= 0 <= found.high
