"""A waterfall: from one level to another in signed steps, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.report.figures.canvas import signed
from sim.report.figures.style import BETTER, NEITHER, QUIET, WORSE

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class WaterfallStep(NamedTuple):
    """One change with its interval; `better` says whether it is an improvement (None: neither)."""

    name: str
    change: float
    low: float
    high: float
    better: bool | None


def waterfall(
    axes: Axes,
    first: tuple[str, float],
    steps: Sequence[WaterfallStep],
    last: tuple[str, float],
    digits: int,
) -> None:
    """Draw level, steps and level as rows from top to bottom, with the value next to each bar."""
    rows = len(steps) + 2
    level = first[1]
    _level(axes, rows - 1, *first, digits)
    edges = [0.0, first[1], last[1]]
    for place, step in enumerate(steps):
        y = rows - 2 - place
        mark = NEITHER if step.better is None else BETTER if step.better else WORSE
        axes.barh(
            y, step.change, left=level, height=0.62, edgecolor=mark.colour, hatch=mark.hatch,
            color=mark.colour if mark is BETTER else "white", zorder=2,
        )  # fmt: skip
        after = level + step.change
        if np.isfinite(step.low) and np.isfinite(step.high):
            axes.errorbar(
                after, y, xerr=[[step.change - step.low], [step.high - step.change]],
                color="#222222", elinewidth=1.1, capsize=3, fmt="none", zorder=3,
            )  # fmt: skip
            edges += [level + step.low, level + step.high]
        right = max(level, after, level + step.high if np.isfinite(step.high) else after)
        axes.annotate(
            signed(step.change, digits), (right, y), xytext=(6, 0), textcoords="offset points",
            va="center", ha="left", fontsize=8.5,
        )  # fmt: skip
        axes.plot([after, after], [y + 0.31, y - 1.31 + 0.62], color=QUIET, linewidth=0.7)
        edges.append(after)
        level = after
    _level(axes, 0, *last, digits)
    axes.set_yticks(range(rows), [last[0], *(step.name for step in reversed(steps)), first[0]])
    axes.axvline(0.0, color=QUIET, linewidth=0.8)
    low, high = min(edges), max(edges)
    span = high - low or 1.0
    axes.set_xlim(low - 0.04 * span if low < 0 else 0.0, high + 0.16 * span)
    axes.set_ylim(-0.6, rows - 0.4)


def _level(axes: Axes, y: int, name: str, value: float, digits: int) -> None:
    axes.barh(y, value, height=0.62, color="#8A8A8A", zorder=2)
    axes.annotate(
        signed(value, digits).lstrip("+"), (max(value, 0.0), y), xytext=(6, 0),
        textcoords="offset points", va="center", ha="left", fontsize=8.5, fontweight="bold",
    )  # fmt: skip
