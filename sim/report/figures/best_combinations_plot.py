"""The efficient combinations by name: differences from the base in risk, profit and credit.

One row per combination and one panel per outcome, each with an axis of its own in its own unit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import RequestError
from sim.report.figures.canvas import across_only, broken, new_figure, note, signed
from sim.report.figures.style import BETTER, INK, NEITHER, QUIET, WORSE, Mark, house_style
from sim.report.outcome_words import label_of
from sim.results.units import decimals

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 12  # combinations drawn, the most profitable first
LETTERS = 40  # characters in a line of a combination's name
PROFIT = "profit"


def best_combinations_plot(
    combinations: pd.DataFrame, metrics: Sequence[str], name_of: Callable[[object], str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the differences of the efficient combinations from the base, with intervals.

    `combinations` is the stored table: arm, parts, metric, difference, low, high, n, efficient,
    chosen; `name_of` puts `parts` in words.  Raises `RequestError` where one alone is efficient.
    """
    shown = combinations[combinations["efficient"] > 0]
    profit = shown[shown["metric"] == PROFIT].sort_values("difference", ascending=False)
    order = [str(arm) for arm in profit["arm"]][:MOST]
    if len(order) < 2:
        raise RequestError("no combination is efficient besides one, so there is none to compare")
    numbers = shown[shown["metric"].isin(metrics) & shown["arm"].isin(order)].copy()
    numbers["combination"] = numbers["parts"].map(name_of)
    factor = numbers["metric"].map(lambda one: label_of(one).factor)
    for name in ("difference", "low", "high"):
        numbers[name] *= factor
    numbers["unit"] = numbers["metric"].map(lambda one: label_of(one).difference)
    columns = ["arm", "combination", "metric", "difference", "low", "high", "n", "chosen", "unit"]
    numbers = numbers[columns].reset_index(drop=True)
    with house_style():
        figure, panels = new_figure(1.5 + 0.5 * len(order), 1, len(metrics), sharey=True)
        for axes, metric in zip(panels, metrics, strict=True):
            mine = numbers[numbers["metric"] == metric].set_index("arm").loc[order]
            _panel(axes, mine, metric)
        names = numbers.drop_duplicates("arm").set_index("arm")
        labels = [
            broken(str(names.loc[arm, "combination"]), LETTERS)
            + (" *" if names.loc[arm, "chosen"] else "")
            for arm in order
        ]
        panels[0].set_yticks(range(len(order) - 1, -1, -1), labels)
        hidden = len(profit) - len(order)
        note(
            figure,
            "Difference from the base on the same seeds and its 95 % interval. Filled: the "
            "interval excludes 0 (circle better, cross worse). * Chosen for its profit on one half "
            f"of the seeds; these numbers are of all {int(numbers['n'].max())} seeds, so they "
            "flatter it: the table gives those of the other half."
            + (f" {hidden} more with less profit are in the table." if hidden > 0 else ""),
        )
    return figure, numbers


def _panel(axes: Axes, mine: pd.DataFrame, metric: str) -> None:
    text = label_of(metric)
    axes.axvline(0.0, color=INK, linewidth=1.0)
    for y, (value, low, high) in zip(
        range(len(mine) - 1, -1, -1), mine[["difference", "low", "high"]].to_numpy(), strict=True
    ):
        if not np.isfinite(value):
            continue
        mark = _mark(value, low, high, text.better)
        if np.isfinite(low) and low < high:
            axes.plot([low, high], [y, y], color=mark.colour, linewidth=1.4)
        axes.plot(
            [value], [y], marker=mark.marker, markersize=6.5, color=mark.colour,
            markerfacecolor=mark.colour if mark.filled else "white",
        )  # fmt: skip
        axes.annotate(
            signed(value, decimals((high - low) / 2, value)), (value, y), xytext=(0, 6),
            textcoords="offset points", ha="center", fontsize=7.5, color=QUIET,
        )  # fmt: skip
    across_only(axes)
    axes.set_ylim(-0.6, len(mine) - 0.3)
    axes.set_title(broken(text.title, 34), fontsize=9.5)
    axes.set_xlabel(f"Difference, {text.difference}" if text.difference else "Difference")
    axes.tick_params(axis="y", length=0)


def _mark(value: float, low: float, high: float, better: str) -> Mark:
    if not low * high > 0.0 or better == "none":
        return NEITHER
    return BETTER if (value > 0.0) == (better == "higher") else WORSE
