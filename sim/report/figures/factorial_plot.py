"""The main effects of a factorial experiment: one panel per outcome, one row per level."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

from sim.core.errors import RequestError
from sim.report.figures.canvas import across_only, new_figure, note
from sim.report.figures.style import INK, QUIET, house_style
from sim.report.outcome_words import label_of
from sim.report.rows import rows_of
from sim.results.wording import plain

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST = 8  # panels
ACROSS = 4  # of them side by side
TITLE = 26  # characters in a line
ROW = 0.38  # inches


def factorial_plot(main_effects: pd.DataFrame, bank: str) -> tuple[Figure, pd.DataFrame]:
    """Draw each level's difference from the first of its factor, with its interval.

    `main_effects` has bank, metric, factor, level, against, difference, low, high, n, p_holm.
    Raises `RequestError` when it has no row of the bank.
    """
    import pandas as pd

    mine = main_effects[main_effects["bank"] == bank]
    if mine.empty:
        raise RequestError("no main effect is stored")
    metrics = list(dict.fromkeys(mine["metric"]))[:MOST]
    tables = []
    for metric in metrics:
        label = label_of(metric)
        one = mine[mine["metric"] == metric]
        shown = one[["factor", "level", "against"]].assign(outcome=label.title)
        for name in ("difference", "low", "high"):
            shown[name] = label.factor * one[name]
        tables.append(shown.assign(unit=label.difference, clear=one["p_holm"] < 0.05, n=one["n"]))
    numbers = pd.concat(tables, ignore_index=True)
    rows = len(tables[0])
    names = [f"{plain(one.factor)}: {one.level}" for one in rows_of(tables[0])]
    with house_style():
        across = min(ACROSS, len(metrics))
        down = math.ceil(len(metrics) / across)
        figure, panels = new_figure(0.6 + down * (1.1 + ROW * rows), down, across, sharey=True)
        for unused in panels[len(metrics) :]:
            unused.set_visible(False)
        for axes, shown in zip(panels, tables, strict=False):
            for place, one in enumerate(rows_of(shown)):
                axes.plot([one.low, one.high], [place, place], color=INK, linewidth=1.4)
                axes.plot(
                    [one.difference], [place], marker="o", color=INK, markersize=6,
                    markerfacecolor=INK if one.clear else "white",
                )  # fmt: skip
            axes.axvline(0.0, color=QUIET, linewidth=1.0)
            axes.set_yticks(range(rows), names)
            first = shown.iloc[0]
            axes.set_title(textwrap.fill(str(first["outcome"]), TITLE), fontsize=9.5)
            axes.set_xlabel(str(first["unit"]))
            across_only(axes)
        panels[0].invert_yaxis()
        note(
            figure,
            "Difference from the first level of the same factor, averaged over all levels of the "
            f"others, over {int(numbers['n'].max())} seeds; lines: 95 % intervals; filled: "
            "statistically significant after correction for all rows and outcomes (Holm).",
        )
    return figure, numbers
