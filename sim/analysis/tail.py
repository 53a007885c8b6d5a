"""The tail: the annual loss that one year in a hundred exceeds.

Such an extreme quantile needs many seeds: with fewer than a thousand it is refused, not guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

FEWEST_SEEDS = 1_000


def annual_loss(runs: pd.DataFrame, quantile: float = 0.99) -> pd.DataFrame:
    """Return, per arm and bank, the quantile of `last_year_loss` over seeds.

    `runs` has arm, seed, bank, last_year_loss; the result arm, bank, seeds, loss (share of gross
    loans).  Raises `RequestError` where an arm has fewer than 1,000 seeds.
    """
    groups = runs.groupby(["arm", "bank"])["last_year_loss"]
    counts = groups.count()
    short = counts[counts < FEWEST_SEEDS]
    if len(short):
        arm, bank = short.index[0]
        raise RequestError(
            f"a {quantile:.0%} annual loss needs {FEWEST_SEEDS} seeds; arm '{arm}', bank "
            f"'{bank}' has {int(short.iloc[0])}"
        )
    return groups.quantile(quantile).rename("loss").to_frame().assign(seeds=counts).reset_index()
