"""Interactions between parts of the package: a map of all pairs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import RequestError
from sim.report.figures.canvas import broken, new_figure, note, signed
from sim.report.figures.style import INK, house_style
from sim.report.outcome_words import label_of
from sim.report.rows import rows_of
from sim.results.units import coarse
from sim.results.wording import plain

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN = ("default_rate", "profit")
LETTERS = 14


def interactions_plot(
    interactions: pd.DataFrame, bank: str, titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the joint effect of each pair of parts less the sum of both, for default and profit.

    `interactions` has bank, metric, first, second, scale, interaction, low, high, n, p_holm.
    Raises `RequestError` when there is no pair.
    """
    import pandas as pd

    mine = interactions[(interactions["bank"] == bank) & interactions["metric"].isin(SHOWN)]
    if mine.empty:
        raise RequestError("no pair of parts is stored")
    metrics = [one for one in SHOWN if one in set(mine["metric"])]
    tables = []
    for metric in metrics:
        one = mine[mine["metric"] == metric]
        text = label_of(metric)
        odds = one["scale"].iloc[0] == "log-odds"
        factor = 1.0 if odds else text.factor
        table = one[["first", "second"]].copy()
        for name in ("interaction", "low", "high"):
            table[name] = factor * one[name]
        tables.append(
            table.assign(
                outcome=text.title, unit="log-odds" if odds else text.difference, metric=metric,
                clear=one["p_holm"] < 0.05, seeds=one["n"],
            )
        )  # fmt: skip
    numbers = pd.concat(tables, ignore_index=True)
    parts = list(dict.fromkeys([*mine["first"], *mine["second"]]))
    with house_style():
        figure, panels = new_figure(1.2 + 0.5 * len(parts), 1, len(metrics), sharey=True)
        for axes, metric in zip(panels, metrics, strict=True):
            _map(axes, numbers[numbers["metric"] == metric], parts, titles)
        note(
            figure,
            "Each number: the joint effect of two parts less the sum of their single effects; 0 "
            f"means no interaction. {_significance(numbers)} Log-odds: 0.10 raises the odds of "
            "default by about 10 %.",
        )
    return figure, numbers.drop(columns="metric")


def _significance(numbers: pd.DataFrame) -> str:
    seeds = int(numbers["seeds"].max())
    if not numbers["clear"].any():
        return f"On {seeds} seeds none is statistically significant."
    return (
        f"Bold in a frame: statistically significant on {seeds} seeds, corrected for all pairs; "
        "the others are not."
    )


def _map(axes: Axes, numbers: pd.DataFrame, parts: list[str], titles: Mapping[str, str]) -> None:
    from matplotlib.patches import Rectangle

    size = len(parts)
    at = {part: place for place, part in enumerate(parts)}
    grid = np.full((size, size), np.nan)
    for row in rows_of(numbers):
        low, high = sorted((at[row.first], at[row.second]))
        grid[high, low] = row.interaction
    half = float((numbers["high"] - numbers["low"]).median()) / 2
    digits = coarse(half, np.nanmax(np.abs(grid)))
    grid = np.round(grid, digits)  # so that two cells with one number have one colour
    most = max(np.nanmax(np.abs(grid)), half if np.isfinite(half) else 0.0) or 1.0
    axes.imshow(grid, cmap="PuOr", vmin=-2.2 * most, vmax=2.2 * most, aspect="auto")
    for row in rows_of(numbers):
        low, high = sorted((at[row.first], at[row.second]))
        axes.text(
            low, high, signed(row.interaction, digits), ha="center", va="center", color=INK,
            fontweight="bold" if row.clear else "normal", alpha=1.0 if row.clear else 0.75,
        )  # fmt: skip
        if row.clear:
            corner = low - 0.47, high - 0.47
            axes.add_patch(Rectangle(corner, 0.94, 0.94, fill=False, color=INK, linewidth=1.3))
    axes.set_xlim(-0.5, size - 1.5)
    axes.set_ylim(size - 0.5, 0.5)
    words = [broken(titles.get(part, plain(part)), LETTERS) for part in parts]
    axes.set_xticks(range(size - 1), words[:-1], fontsize=8.5)
    axes.set_yticks(range(1, size), words[1:], fontsize=8.5)
    axes.grid(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    first = numbers.iloc[0]
    axes.set_title(f"{first['outcome']}, {first['unit']}")
