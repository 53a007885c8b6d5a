"""Vintage curves: cumulative default by age of loan and year of grant, by arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import RequestError
from sim.report.figures.arms_by_seed import chosen_arms
from sim.report.figures.bands import band
from sim.report.figures.canvas import interval_words, new_figure, note
from sim.report.figures.renewals import new_loans, renewal_words
from sim.report.figures.style import BAND, PENS, house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

YEAR = 12
MOST_YEARS = 4
OBSERVED = 0.34  # share of a vintage's loans that must have reached an age for it to be drawn


def vintages(
    loans: pd.DataFrame, arms: Sequence[str], titles: Mapping[str, str], last: int
) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of a year's loans that have defaulted, against their age in months.

    `loans` has arm, seed, `granted`, `decision` and `default_month`; `last` is the last month
    simulated.  At each age only loans old enough by `last` count, and no renewals.
    Raises `RequestError` without such loans.
    """
    import pandas as pd

    new = new_loans(loans)
    shown = chosen_arms(new, arms)
    years = list(range(min(-(-last // YEAR), MOST_YEARS)))
    found = []
    for year in years:
        mine = new[(new["granted"] > YEAR * year) & (new["granted"] <= YEAR * (year + 1))]
        for arm in shown:
            curves = {
                seed: _curve(part, last) for seed, part in mine[mine["arm"] == arm].groupby("seed")
            }
            if curves and any(map(len, curves.values())):
                reached = 100.0 * pd.DataFrame(curves).dropna()  # ages that all seeds reach
                bands = band(reached, 100.0)
                found.append(bands.assign(arm=arm, year=year + 1, age=bands.index))
    if not found:
        raise RequestError("no loan was granted long enough before the end")
    numbers = pd.concat(found, ignore_index=True)
    years = sorted(numbers.loc[numbers["age"] > 0, "year"].unique())
    if not years:
        raise RequestError("no loan was granted long enough before the end")
    from matplotlib.ticker import MultipleLocator

    with house_style():
        figure, panels = new_figure(3.9, 1, len(years), sharey=True)
        for axes, year in zip(panels, years, strict=True):
            for place, arm in enumerate(shown):
                mine = numbers[(numbers["arm"] == arm) & (numbers["year"] == year)]
                pen = PENS[place]
                axes.plot(
                    mine["age"], mine["mean"], color=pen.colour, linestyle=pen.line,
                    linewidth=pen.width, label=titles.get(arm, arm),
                )  # fmt: skip
                axes.fill_between(
                    mine["age"], mine["low"].clip(lower=0.0), mine["high"], color=pen.colour,
                    alpha=BAND, linewidth=0,
                )  # fmt: skip
            axes.set_title(f"Granted in year {year}")
            axes.set_xlabel("Age of the loan, months")
            axes.set_xlim(left=0)
            axes.xaxis.set_major_locator(MultipleLocator(6 if year < years[-1] else 3))
        panels[0].set_ylim(bottom=0)
        panels[0].set_ylabel("Loans that have defaulted, %")
        panels[0].legend(frameon=False, loc="upper left")
        note(
            figure,
            "Later years are observed for fewer months. Default: more than 90 days past due for "
            "the first time. "
            + renewal_words(loans)
            + interval_words(int(numbers["seeds"].max()), "Shaded"),
        )
    columns = ["arm", "year", "age", "mean", "low", "high", "seeds"]
    return figure, numbers[columns].assign(unit="% of loans")


def _curve(loans: pd.DataFrame, last: int) -> pd.Series:
    """Return the share that has defaulted by each age, from the loans that have reached it.

    At each age the share is computed over all loans old enough to have reached it; the shares are
    then summed, so that a vintage's youngest loans do not bias the curve.
    """
    import pandas as pd

    granted = loans["granted"].to_numpy(dtype=float)
    default = loans["default_month"].to_numpy(dtype=float, na_value=np.inf)
    ages = np.arange(0, int(last - granted.min()) + 1)
    reached = np.array([(last - granted >= age).sum() for age in ages])
    ages = ages[reached >= OBSERVED * granted.size]
    bad = [((default - granted == age) & (last - granted >= age)).sum() for age in ages]
    return pd.Series(np.cumsum(np.array(bad) / reached[: ages.size]), index=ages)
