"""Lifetimes: how many loans of each term were at risk at each age, and how many defaulted.

Only loans granted from month 1 on are counted, so that every loan is observed from its first
month.  A loan is observed until it is repaid, first defaults, or the last month is over.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Rows
from sim.credit.survival import kaplan_meier
from sim.state.ages import AGES, by_age
from sim.state.market import Market
from sim.world.demand import TENORS

if TYPE_CHECKING:
    import pandas as pd


class Lifetimes:
    """Counts by term, age and book: `at_risk` and `defaults`, both (terms, ages, books)."""

    def __init__(self, market: Market):
        self.shape = (len(TENORS), AGES, market.runs * market.lenders)
        self.at_risk = np.zeros(self.shape)
        self.defaults = np.zeros(self.shape)
        self._watched = np.zeros(self.shape)  # at risk at the end of last month, by age then

    def so_far(self) -> Lifetimes:
        """Return a copy that later months do not change."""
        copied = copy.copy(self)
        copied.at_risk, copied.defaults = self.at_risk.copy(), self.defaults.copy()
        return copied

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return a copy of all counts, as plain arrays by name."""
        counts = {"at_risk": self.at_risk, "defaults": self.defaults, "watched": self._watched}
        return {f"Lifetimes.{name}": values.copy() for name, values in counts.items()}

    def fill(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Go on from the counts of others; raises `KeyError` or `ValueError` if they do not fit."""
        self.at_risk[:] = arrays["Lifetimes.at_risk"]
        self.defaults[:] = arrays["Lifetimes.defaults"]
        self._watched = arrays["Lifetimes.watched"].reshape(self.shape).copy()

    def record(self, market: Market) -> Rows:
        """Count this month's defaults and the loans still at risk; return rows of new defaults."""
        self.at_risk[:, 1:] += self._watched[:, :-1]
        self._watched, defaults, new = by_age(market, TENORS)
        self.defaults += defaults
        return new


def survival_of(
    lifetimes: Lifetimes,
    months: int,
    own: NDArray[np.intp],
    seeds: NDArray[Any],
    banks: NDArray[Any],
) -> pd.DataFrame:
    """Return the Kaplan-Meier table by term, for the books numbered `own`, up to the last age seen.

    See `Result.survival` for its columns.
    """
    import pandas as pd

    ages = np.arange(1, min(months, AGES))  # a loan of month 1 is months - 1 old at the end
    at_risk = lifetimes.at_risk[:, ages][:, :, own]
    defaults = lifetimes.defaults[:, ages][:, :, own]
    n, d = (np.moveaxis(counts, 2, 0) for counts in (at_risk, defaults))  # (own, terms, ages)
    later = np.concatenate([n[..., 1:], np.zeros_like(n[..., :1])], axis=-1)
    estimate = kaplan_meier(n, d)
    every = len(TENORS) * ages.size
    return pd.DataFrame(
        {
            "seed": np.repeat(seeds[own], every),
            "bank": np.repeat(banks[own], every).astype(str),
            "tenor": np.tile(np.repeat(TENORS, ages.size), own.size),
            "age": np.tile(ages, own.size * len(TENORS)),
            "at_risk": n.reshape(-1),
            "defaults": d.reshape(-1),
            "censored": (n - d - later).reshape(-1),
            "survival": estimate.share.reshape(-1),
            "standard_error": estimate.standard_error.reshape(-1),
        }
    )
