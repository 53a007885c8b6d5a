"""The stored monthly series of two arms, as a figure needs them: one market, the same seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.analysis.frames import check_arms, check_columns, metric_names
from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

KEYS = ["arm", "seed", "month"]


class MonthlyPair(NamedTuple):
    """Two arms over the same months and seeds; columns `npl_ratio` (fraction), `profit` (CNY)."""

    base: pd.DataFrame  # rows by (seed, month)
    other: pd.DataFrame  # the same rows

    @property
    def seeds(self) -> list[int]:
        """The seeds that both arms have."""
        return sorted(self.base.index.unique("seed"))

    def series(self, metric: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return one metric of base and other, each with a row per month and a column per seed."""
        return self.base[metric].unstack("seed"), self.other[metric].unstack("seed")


def pair_arms(months: pd.DataFrame, base: str, other: str) -> MonthlyPair:
    """Pair two arms on the seeds that both have, all banks taken together.

    Profits add; the NPL ratio is that of the joint book, sum(ratio * gross) / sum(gross), and 0
    while nothing is lent.  Raises `RequestError` if a column or an arm is missing, a row stands
    twice, the arms share no seed, or they cover different months.
    """
    check_columns(months, [*KEYS, "bank"])
    metric_names(months, ["npl_ratio", "gross_loans", "profit"])
    check_arms(months, [base, other])
    if base == other:
        raise RequestError(f"'{base}' cannot be compared with itself; name two arms")
    market = _all_banks(months)
    first, second = (market.loc[[arm]].droplevel("arm") for arm in (base, other))
    seeds = sorted(set(first.index.unique("seed")) & set(second.index.unique("seed")))
    if not seeds:
        raise RequestError(f"the arms '{base}' and '{other}' share no seed, so nothing is paired")
    pair = MonthlyPair(first.loc[seeds], second.loc[seeds])
    if not pair.base.index.equals(pair.other.index):
        raise RequestError(f"the arms '{base}' and '{other}' cover different months")
    return pair


def _all_banks(months: pd.DataFrame) -> pd.DataFrame:
    bad_loans = (months["npl_ratio"] * months["gross_loans"]).rename("bad_loans")
    parts = months[[*KEYS, "gross_loans", "profit"]].join(bad_loans)
    total = parts.groupby(KEYS, sort=True).sum()
    lent = total["gross_loans"].where(total["gross_loans"] > 0)
    return total.assign(npl_ratio=(total["bad_loans"] / lent).fillna(0.0))[["npl_ratio", "profit"]]
