"""What many seeds say about one month: the mean, and how well it is known.

The interval is Student's: mean ± t(.975, n − 1) · s / √n over n seeds.  On common seeds the
difference of two arms is taken seed by seed, before averaging: what the seeds share cancels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95


def band(by_seed: pd.DataFrame) -> pd.DataFrame:
    """Return mean, low and high per row of a frame with one column per seed.

    With fewer than two seeds, `low` and `high` are missing: one seed says nothing about spread.
    """
    import pandas as pd
    from scipy.special import stdtrit

    values = by_seed.to_numpy(dtype=float)  # (months, seeds)
    seeds = values.shape[1]
    mean = values.mean(axis=1)
    half = np.full(len(mean), np.nan)
    if seeds > 1:
        error = values.std(axis=1, ddof=1) / np.sqrt(seeds)
        half = stdtrit(seeds - 1, 0.5 + LEVEL / 2) * error
    frame = pd.DataFrame({"mean": mean, "low": mean - half, "high": mean + half, "seeds": seeds})
    frame.index = by_seed.index
    return frame


def compare_arms(base: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the bands of two arms and of `other − base`, stacked under a column `line`.

    Both frames have one row per month and one column per seed, the same in both.
    """
    import pandas as pd

    lines = {"base": base, "other": other, "difference": other - base}
    return pd.concat([band(by_seed).assign(line=name) for name, by_seed in lines.items()])
