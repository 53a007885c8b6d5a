"""Mean and interval over the seeds for each month.

The interval is the same as in the tables: Student's t over the seeds; that of a ratio is taken on
its log-odds, so that it does not leave the values that a ratio can have.  On common seeds the
difference of two arms is computed seed by seed before averaging, so common shocks cancel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.analysis.intervals import share_interval, t_interval

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95


def band(by_seed: pd.DataFrame, most: float | None = None) -> pd.DataFrame:
    """Return mean, low, high and number of seeds per row of a frame with one column per seed.

    `most` is the largest value of a ratio (1, or 100 of a percentage), None for other numbers.
    With fewer than two seeds, `low` and `high` are missing.
    """
    import pandas as pd

    found = [
        t_interval(values, LEVEL) if most is None else share_interval(values, LEVEL, most)
        for values in by_seed.to_numpy(dtype=float)
    ]
    rows = [(one.mean, one.low, one.high, one.n) for one in found]
    return pd.DataFrame(rows, columns=["mean", "low", "high", "seeds"], index=by_seed.index)


def compare_arms(
    base: pd.DataFrame, other: pd.DataFrame, most: float | None = None
) -> pd.DataFrame:
    """Return the bands of two arms and of `other − base`, stacked under a column `line`.

    Both frames have one row per month and one column per seed, the same in both; `most` is that
    of `band`, for the two arms.
    """
    import pandas as pd

    lines = {
        "base": band(base, most), "other": band(other, most), "difference": band(other - base),
    }  # fmt: skip
    return pd.concat([found.assign(line=name) for name, found in lines.items()])
