"""Add amounts of many rows to the few accounts that they belong to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def add_up(
    account: NDArray[np.float64], index: NDArray[np.int64], amount: NDArray[np.float64] | float
) -> None:
    """Add `amount` (n,) to `account` at `index` (n,), row by row, repeated indexes included.

    Rows are summed in their order, so a run's sums do not depend on other runs.
    """
    if index.size == 0:
        return
    if isinstance(amount, float):
        account += amount * np.bincount(index, minlength=account.size)
    else:
        account += np.bincount(index, weights=amount, minlength=account.size)
