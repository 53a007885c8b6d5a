"""Price and risk: the rate and the number of new loans by true chance of default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.report.figures.arms_by_seed import chosen_arms, over_seeds
from sim.report.figures.binned_lines import draw_lines, equal_classes
from sim.report.figures.canvas import interval_words, new_figure, note
from sim.report.figures.renewals import new_loans, renewal_words
from sim.report.figures.style import house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

CLASSES = 8


def price_and_risk(
    loans: pd.DataFrame, arms: Sequence[str], titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw mean contract rate and number of loans against the borrowers' true chance of default.

    `loans` has arm, seed, `granted` (month), `decision`, `rate` (1/year) and `true_pd`.  Classes
    are the same in all arms.  Raises `RequestError` when no loan was granted.
    """
    import pandas as pd

    new = new_loans(loans)
    shown = chosen_arms(new, arms)
    new = new[new["arm"].isin(shown)].copy()
    new["risk"] = 100.0 * equal_classes(new["true_pd"], CLASSES)
    by = ["arm", "risk"]
    rate = over_seeds(new, by, lambda part: 100.0 * part["rate"].mean())
    count = over_seeds(new, by, lambda part: len(part))
    numbers = pd.concat(
        [rate.assign(what="mean rate", unit="% a year"), count.assign(what="loans", unit="a seed")],
        ignore_index=True,
    )
    with house_style():
        figure, (left, right) = new_figure(4.2, 1, 2)
        draw_lines(left, rate, shown, titles, "risk")
        draw_lines(right, count, shown, titles, "risk")
        for axes in (left, right):
            axes.set_xscale("log")
            ticks = [t for t in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if _near(t, new["risk"])]
            axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
            axes.minorticks_off()
            axes.set_xlabel("Borrower's true chance of default within a year, % (log scale)")
        left.set_title("Rate of new loans, % a year")
        right.set_title("New loans, number per seed")
        right.set_ylim(bottom=0)
        left.legend(frameon=False, loc="best")
        note(
            figure,
            f"Borrowers in {new['risk'].nunique()} classes, drawn at the median of each. A flat "
            "line on the left: every borrower pays the same rate. "
            + renewal_words(loans)
            + interval_words(int(numbers["seeds"].max()), "Bars"),
        )
    return figure, numbers[["arm", "what", "risk", "mean", "low", "high", "seeds", "unit"]]


def _near(tick: float, values: pd.Series) -> bool:
    return bool(0.6 * values.min() <= tick <= 1.7 * values.max())
