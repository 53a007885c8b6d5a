"""Lead time of early warnings: months from the first warning of a loan to its default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import RequestError
from sim.report.figures.arms_by_seed import chosen_arms
from sim.report.figures.bands import band
from sim.report.figures.canvas import interval_words, new_figure, note
from sim.report.figures.style import PENS, house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEADS = {  # months from, up to
    "no warning\nbefore": None, "1 month\nbefore": (1, 1), "2 months\nbefore": (2, 2),
    "3 months\nbefore": (3, 3), "4\u201312 months\nbefore": (4, 12),
    "over a year\nbefore": (13, 10**6),
}  # fmt: skip
HATCHES = ("////", "", "....", "xx")


def warnings_ahead(
    loans: pd.DataFrame,
    events: pd.DataFrame,
    arms: Sequence[str],
    titles: Mapping[str, str],
) -> tuple[Figure, pd.DataFrame]:
    """Draw how long before default a first warning came, and how many warnings were true.

    `loans` has arm, seed, `default_month` and `first_warning`; `events` has the warnings with
    `true`.  Raises `RequestError` when no loan defaulted in the months simulated.
    """
    import pandas as pd

    bad = loans[loans["default_month"].fillna(0) >= 1].copy()
    if bad.empty:
        raise RequestError("no loan defaulted in these seeds")
    shown = chosen_arms(loans, arms)
    lead = (bad["default_month"] - bad["first_warning"]).to_numpy(dtype=float, na_value=-1.0)
    bad["lead"] = np.where(lead >= 1, lead, -1.0)
    raised = events[events["kind"] == "warning"]
    found = []
    for arm in shown:
        mine = bad[bad["arm"] == arm]
        for name, span in LEADS.items():
            hit = mine["lead"] < 0 if span is None else mine["lead"].between(*span)
            by_seed = 100.0 * hit.groupby(mine["seed"]).mean()
            found.append(_row(arm, "lead", name, by_seed, "% of defaults"))
        seeds = loans.loc[loans["arm"] == arm, "seed"].unique()
        for name, true in (("true", True), ("false", False)):
            of = raised[(raised["arm"] == arm) & (raised["true"] == true)]
            count = of.groupby("seed").size().reindex(seeds, fill_value=0).astype(float)
            found.append(_row(arm, "warnings", name, count, "number per seed"))
    numbers = pd.concat(found, ignore_index=True)
    with house_style():
        figure, (left, right) = new_figure(4.0, 1, 2, width_ratios=[2.4, 1])
        _bars(left, numbers[numbers["what"] == "lead"], list(LEADS), shown, titles)
        _bars(right, numbers[numbers["what"] == "warnings"], ["true", "false"], shown, titles)
        left.set_title("First warning of a defaulted loan, % of defaults")
        right.set_title("Warnings, number per seed")
        left.legend(frameon=False, loc="upper right")
        note(
            figure,
            "A warning is true if the firm had diverted its loan or was past due when it was "
            "raised. A loan that stops paying defaults in its fourth month past due, so earlier "
            "warnings concern diversion, or loans that resumed payment in between. "
            + interval_words(int(numbers["seeds"].max()), "Bars with caps"),
        )
    numbers["name"] = numbers["name"].str.replace("\n", " ")
    return figure, numbers


def _row(arm: str, what: str, name: str, by_seed: pd.Series, unit: str) -> pd.DataFrame:
    found = band(by_seed.astype(float).to_frame().T, 100.0 if unit.startswith("%") else None)
    return found.assign(arm=arm, what=what, name=name, unit=unit)[
        ["arm", "what", "name", "mean", "low", "high", "seeds", "unit"]
    ]


def _bars(
    axes: Axes,
    numbers: pd.DataFrame,
    names: list[str],
    arms: Sequence[str],
    titles: Mapping[str, str],
) -> None:
    bar_width = 0.8 / len(arms)
    for place, arm in enumerate(arms):
        mine = numbers[numbers["arm"] == arm].set_index("name").loc[names]
        x = np.arange(len(names)) - 0.4 + bar_width * (place + 0.5)
        pen = PENS[place]
        ends = np.array([mine["mean"] - mine["low"].clip(lower=0), mine["high"] - mine["mean"]])
        axes.bar(
            x, mine["mean"], bar_width * 0.92, color="white" if HATCHES[place] else pen.colour,
            edgecolor=pen.colour, hatch=HATCHES[place], label=titles.get(arm, arm),
            yerr=np.nan_to_num(ends), capsize=2.5, error_kw={"elinewidth": 1.0},
        )  # fmt: skip
    axes.set_xticks(range(len(names)), names)
    axes.set_ylim(bottom=0)
