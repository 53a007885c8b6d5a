"""The efficient combinations by name: differences from the base in risk, profit and credit.

One row per combination and one panel per outcome, each with an axis of its own in its own unit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.multiplicity import holm
from sim.core.errors import RequestError
from sim.core.names import BASE
from sim.report.figures.canvas import across_only, broken, new_figure, note, signed
from sim.report.figures.style import BETTER, INK, NEITHER, QUIET, WORSE, Mark, house_style
from sim.report.outcome_words import label_of
from sim.report.rows import rows_of
from sim.results.units import decimals

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.core.arrays import Floats

MOST = 12  # combinations drawn, the most profitable first
LETTERS = 40  # characters in a line of a combination's name
PROFIT = "profit"
ALPHA = 0.05  # chance of any false mark in the figure


def best_combinations_plot(
    combinations: pd.DataFrame,
    metrics: Sequence[str],
    name_of: Callable[[object], str],
    effects: pd.DataFrame | None = None,
) -> tuple[Figure, pd.DataFrame]:
    """Draw the differences of the efficient combinations from the base, with intervals.

    `combinations` is the stored table: arm, parts, metric, difference, low, high, n, efficient,
    chosen; `name_of` puts `parts` in words.  A difference is marked as better or worse if it is
    significant among those of all combinations, and `effects` (arm, metric, verdict), if given,
    do not say that it is undecided.  Raises `RequestError` where one alone is efficient.
    """
    combinations = combinations[combinations["metric"].isin(metrics)]
    combinations = combinations.assign(p_holm=holm(_chances(combinations)))
    combinations["open"] = _left_open(combinations, effects)
    shown = combinations[combinations["efficient"] > 0]
    profit = shown[shown["metric"] == PROFIT].sort_values("difference", ascending=False)
    order = [str(arm) for arm in profit["arm"]][:MOST]
    if len(order) < 2:
        raise RequestError("no combination is efficient besides one, so there is none to compare")
    numbers = shown[shown["arm"].isin(order)].copy()
    numbers["combination"] = numbers["parts"].map(name_of)
    factor = numbers["metric"].map(lambda one: label_of(one).factor)
    for name in ("difference", "low", "high"):
        numbers[name] *= factor
    numbers["unit"] = numbers["metric"].map(lambda one: label_of(one).difference)
    columns = ["arm", "combination", "metric", "difference", "low", "high", "n", "chosen", "unit",
               "p_holm", "open"]  # fmt: skip
    numbers = numbers[columns].reset_index(drop=True)
    with house_style():
        figure, panels = new_figure(1.5 + 0.5 * len(order), 1, len(metrics), sharey=True)
        for axes, metric in zip(panels, metrics, strict=True):
            mine = numbers[numbers["metric"] == metric].set_index("arm").loc[order]
            _panel(axes, mine, metric)
        names = numbers.drop_duplicates("arm").set_index("arm")
        labels = [
            broken(str(names.loc[arm, "combination"]), LETTERS)
            + (" *" if names.loc[arm, "chosen"] and arm != BASE else "")
            for arm in order
        ]
        panels[0].set_yticks(range(len(order) - 1, -1, -1), labels)
        hidden = len(profit) - len(order)
        note(
            figure,
            "Difference from the base on the same seeds and its 95 % interval. Filled: significant "
            "after correction for all combinations (Holm; circle better, cross worse)."
            + _choice_words(profit, numbers)
            + (f" {hidden} more with less profit are in the table." if hidden > 0 else ""),
        )
    return figure, numbers.drop(columns="open")


def _chances(rows: pd.DataFrame) -> Floats:
    """Return the p-values of differences, (n,), from their t intervals; NaN without a test."""
    from scipy.special import stdtr, stdtrit

    difference, low, high, n = rows[["difference", "low", "high", "n"]].to_numpy(float).T
    freedom = np.where(n > 1, n - 1, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = difference / ((high - low) / 2.0) * stdtrit(freedom, 0.975)
    never_vary = np.where(difference == 0.0, np.nan, 2.0 * 0.5**n)  # as in `t_interval`
    return np.asarray(np.where(high > low, 2.0 * stdtr(freedom, -np.abs(t)), never_vary))


def _left_open(rows: pd.DataFrame, effects: pd.DataFrame | None) -> list[bool]:
    """Return which arms' outcomes the table of effects judges and calls undecided."""
    if effects is None or "verdict" not in effects:
        return [False] * len(rows)
    open_ = effects[effects["verdict"] == "undecided"]
    pairs = set(zip(open_["arm"], open_["metric"], strict=True))
    return [pair in pairs for pair in zip(rows["arm"], rows["metric"], strict=True)]


def _choice_words(profit: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """Return the sentence on the combination chosen on one half of the seeds, if it is drawn.

    `profit` has all efficient combinations.
    """
    chosen = profit[profit["chosen"] > 0]
    if (chosen["arm"] == BASE).any():
        return " On one half of the seeds no combination earned more than the base."
    if not drawn["chosen"].any():
        return ""
    return (
        " *\N{NO-BREAK SPACE}Chosen for its profit on one half of the seeds; these numbers are of "
        f"all {int(drawn['n'].max())} seeds, so they flatter it: the table gives those of the "
        "other half."
    )


def _panel(axes: Axes, mine: pd.DataFrame, metric: str) -> None:
    text = label_of(metric)
    axes.axvline(0.0, color=INK, linewidth=1.0)
    for y, row in zip(range(len(mine) - 1, -1, -1), rows_of(mine), strict=True):
        value, low, high = row.difference, row.low, row.high
        if not np.isfinite(value):
            continue
        mark = _mark(value, row.p_holm <= ALPHA and not row.open, text.better)
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


def _mark(value: float, decided: bool, better: str) -> Mark:
    if not decided or better == "none":
        return NEITHER
    return BETTER if (value > 0.0) == (better == "higher") else WORSE
