"""The stored monthly series of two arms for a figure: all banks together, the same seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.analysis.frames import check_columns, metric_names, of_shared_banks
from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

KEYS = ["arm", "seed", "month"]
WINDOW = 12  # months of a default rate
FIRST = 3  # first month shown; a rate over one or two months is too noisy
NEEDED = {  # source columns of a series, if not the column of that name
    "npl_ratio": ("npl_ratio", "gross_loans"),
    "default_rate": ("defaults", "performing"),
}


class MonthlyPair(NamedTuple):
    """Two arms over the same months and seeds, one column per series, all banks together."""

    base: pd.DataFrame  # rows by (seed, month)
    other: pd.DataFrame  # the same rows
    banks: tuple[str, ...] = ()  # the banks taken together, which both arms have

    @property
    def seeds(self) -> list[int]:
        """The seeds that both arms have."""
        return sorted(self.base.index.unique("seed"))

    def series(self, metric: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return one metric of base and other, each with a row per month and a column per seed."""
        return self.base[metric].unstack("seed"), self.other[metric].unstack("seed")


def pair_arms(
    months: pd.DataFrame, base: str, other: str, series: Sequence[str] = ("npl_ratio", "profit")
) -> MonthlyPair:
    """Pair two arms on their common seeds, all banks that both have taken together.

    Money adds; the NPL ratio is that of the joint book, sum(ratio * gross) / sum(gross), and 0
    while nothing is lent; `default_rate` (1/year) is that of the last twelve months, from the
    third on.  Raises `RequestError` if a column or an arm is missing, there are
    duplicate rows, the arms share no seed, or they cover different months.
    """
    check_columns(months, [*KEYS, "bank"])
    metric_names(months, sorted({name for one in series for name in NEEDED.get(one, (one,))}))
    months = of_shared_banks(months, [base, other])
    if base == other:
        raise RequestError(f"'{base}' cannot be compared with itself; name two arms")
    market = _all_banks(months, series)
    first, second = (market.loc[[arm]].droplevel("arm") for arm in (base, other))
    seeds = sorted(set(first.index.unique("seed")) & set(second.index.unique("seed")))
    if not seeds:
        raise RequestError(f"the arms '{base}' and '{other}' share no seed, so nothing is paired")
    banks = tuple(dict.fromkeys(months.loc[months["arm"] == base, "bank"]))
    pair = MonthlyPair(first.loc[seeds], second.loc[seeds], banks)
    if not pair.base.index.equals(pair.other.index):
        raise RequestError(f"the arms '{base}' and '{other}' cover different months")
    return pair


def _all_banks(months: pd.DataFrame, series: Sequence[str]) -> pd.DataFrame:
    parts = months[KEYS].copy()
    for one in series:
        for name in NEEDED.get(one, (one,)):
            if name != "npl_ratio":
                parts[name] = months[name]
    if "npl_ratio" in series:
        parts["bad_loans"] = months["npl_ratio"] * months["gross_loans"]
    total = parts.groupby(KEYS, sort=True).sum()
    if "npl_ratio" in series:
        lent = total["gross_loans"].where(total["gross_loans"] > 0)
        total["npl_ratio"] = (total["bad_loans"] / lent).fillna(0.0)
    if "default_rate" in series:
        counts = total[["defaults", "performing"]].groupby(["arm", "seed"])
        year = counts.rolling(WINDOW, min_periods=1).sum().droplevel([0, 1])
        rate = 12.0 * year["defaults"] / year["performing"].where(year["performing"] > 0)
        early = total.index.get_level_values("month") < FIRST
        total["default_rate"] = rate.mask(early)
    return total[list(series)]
