"""Statistics of loan-level tables by arm: a number per seed, then mean and interval over seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.report.figures.bands import band

if TYPE_CHECKING:
    import pandas as pd

MOST_ARMS = 4  # that can be distinguished in one figure


def chosen_arms(frame: pd.DataFrame, arms: Sequence[str]) -> list[str]:
    """Return the first few of these arms that a table holds.

    Raises `RequestError` when it holds none of them.
    """
    known = set(frame["arm"])
    found = [arm for arm in arms if arm in known][:MOST_ARMS]
    if not found:
        raise RequestError("no loans of these arms were stored; repeat with --detail")
    return found


def over_seeds(
    frame: pd.DataFrame,
    by: Sequence[str],
    number: Callable[[pd.DataFrame], Any],
    most: float | None = None,
) -> pd.DataFrame:
    """Return mean, low, high, seeds of a number per seed, one row per group of `by`.

    `most` is the largest value of a ratio, as in `band`.

    A seed without a group's rows, or where the number is missing, is left out of that group.
    """
    keys = [*by, "seed"]
    found = frame.groupby(keys, observed=True, sort=True)[list(frame.columns)].apply(number)
    return band(found.astype(float).unstack("seed"), most).reset_index()
