"""What changes nothing: an outcome that differs in no replication, or an arm without any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

SAME = "every outcome is the same in every replication, so what differs is not used by this bank"

NO_DIFFERENCE = "the same"  # of one outcome, where others differ


def never_differs(row: Any) -> bool:
    """Return whether an outcome is the same in all of two or more replications.

    `row` has its difference and the ends of its interval.
    """
    return bool(row["difference"] == 0.0 and row["low"] == 0.0 and row["high"] == 0.0)


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
