"""Arms that change nothing: what they set is not used by the bank, whatever the seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

SAME = "every outcome is the same in every replication, so what differs is not used by this bank"


def is_unchanged(rows: pd.DataFrame) -> bool:
    """Return whether no outcome of an arm differs from the base in any replication.

    `rows` are its differences, one per bank and metric, with the ends of their intervals; an
    interval without width about no difference is that of seeds that all agree.
    """
    numbers = rows[["difference", "low", "high"]].to_numpy(float)
    known = numbers[np.isfinite(numbers)]
    return bool(known.size and not known.any())


def unchanged(rows: pd.DataFrame) -> list[str]:
    """Return the arms among `rows` that change nothing, in their order."""
    return [str(arm) for arm, part in rows.groupby("arm", sort=False) if is_unchanged(part)]
