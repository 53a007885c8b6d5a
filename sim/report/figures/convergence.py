"""Convergence of the estimate and its interval with the number of seeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.analysis.intervals import t_interval
from sim.core.errors import RequestError
from sim.report.figures.canvas import new_figure, note
from sim.report.figures.style import BAND, OTHER, QUIET, house_style
from sim.report.outcome_words import label_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHOWN = ("default_rate", "npl_ratio", "profit", "credit_to_good")
LEAST = 3  # fewest seeds for which an interval is drawn; with two it is too wide to show


def convergence(
    runs: pd.DataFrame, base: str, other: str, titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the paired difference of the first n seeds, for n up to all, of four outcomes.

    `runs` has arm, seed and the outcomes, of one bank.  Raises `RequestError` for fewer than
    four common seeds.
    """
    import pandas as pd

    first, second = (runs[runs["arm"] == arm].set_index("seed") for arm in (base, other))
    seeds = sorted(first.index.intersection(second.index))
    shown = [one for one in SHOWN if one in runs]
    if len(seeds) <= LEAST or not shown:
        raise RequestError(f"{len(seeds)} common seeds are too few to show convergence")
    rows = []
    for metric in shown:
        text = label_of(metric)
        gaps = text.factor * (second.loc[seeds, metric] - first.loc[seeds, metric]).to_numpy()
        for n in range(LEAST, len(seeds) + 1):
            found = t_interval(gaps[:n])
            rows.append((metric, text.title, n, found.mean, found.low, found.high, text.difference))
    columns = ["metric", "outcome", "seeds", "difference", "low", "high", "unit"]
    numbers = pd.DataFrame(rows, columns=columns)
    with house_style():
        down = -(-len(shown) // 2)
        figure, panels = new_figure(2.5 * down + 0.5, down, 2, sharex=True)
        for axes, metric in zip(panels, shown, strict=False):
            mine = numbers[numbers["metric"] == metric]
            axes.axhline(0.0, color=QUIET, linewidth=0.8)
            axes.plot(mine["seeds"], mine["difference"], color=OTHER.colour, linewidth=OTHER.width)
            axes.fill_between(
                mine["seeds"], mine["low"], mine["high"], color=OTHER.colour, alpha=BAND,
                linewidth=0,
            )  # fmt: skip
            axes.set_title(f"{mine['outcome'].iloc[0]}, {mine['unit'].iloc[0]}")
            axes.set_xlim(LEAST, len(seeds))
            axes.margins(y=0.08)
        for axes in panels[len(shown) :]:
            axes.set_axis_off()
        for axes in panels[max(len(shown) - 2, 0) : len(shown)]:
            axes.set_xlabel("Seeds used")
        names = [titles.get(arm, arm) for arm in (other, base)]
        note(
            figure,
            f"\u201c{names[0]}\u201d less \u201c{names[1]}\u201d, on the first n seeds. "
            "Shaded: 95 % interval. The estimate has converged where the line is flat and the band "
            "stays on one side of 0; verdicts use the right end only.",
        )
    return figure, numbers.drop(columns="metric")
