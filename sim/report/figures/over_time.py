"""Risk, profit and credit by month under two arms, and the difference between the arms.

Above, each arm's mean over the seeds with its interval; below, the paired difference.  The
upper intervals are wide because firms and economy differ between seeds; the lower one is the
interval of the paired comparison on common seeds.  Overlapping upper bands therefore do not mean
that there is no difference.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.core.errors import RequestError
from sim.report.figures.bands import LEVEL, compare_arms
from sim.report.figures.labels import Line, label_ends
from sim.report.figures.monthly import MonthlyPair, pair_arms
from sim.report.figures.style import BAND, BASE, DIFFERENCE, OTHER, QUIET, house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


WHOLE = 100.0  # per cent: the largest value of a ratio as drawn


class PlotPanel(NamedTuple):
    """One series of the figure: its column, its title and its scale."""

    metric: str
    title: str
    unit: str  # of the values drawn
    difference: str  # unit of a difference
    scale: float  # values drawn per stored value
    cumulative: bool


Panels = tuple[PlotPanel, PlotPanel]

PANELS: Panels = (
    PlotPanel(
        "npl_ratio", "Bad loans (NPL ratio)", "% of gross loans", "percentage points", 100.0, False
    ),
    PlotPanel(
        "profit", "Profit after tax since the start", "million CNY", "million CNY", 1e-6, True
    ),
)
DEFAULT_AND_CREDIT: Panels = (
    PlotPanel(
        "default_rate",
        "Default rate, last twelve months",
        "% a year",
        "percentage points a year",
        100.0,
        False,
    ),
    PlotPanel(
        "disbursed", "Credit granted since the start", "million CNY", "million CNY", 1e-6, True
    ),
)


def npl_and_profit(
    months: pd.DataFrame, base: str, other: str, titles: Mapping[str, str] | None = None
) -> tuple[Figure, pd.DataFrame]:
    """Draw the NPL ratio and the cumulative profit of two arms, and their paired difference.

    `months` is the frame of monthly series with columns arm, seed, bank, month, `npl_ratio`
    (fraction of gross loans), `gross_loans` (CNY) and `profit` (CNY a month); several banks are
    taken together.  Only seeds that both arms have are used.  `titles` maps arms to titles.

    Returns the figure and the numbers in it: one row per metric, line (base, other, difference)
    and month, with mean, low, high (95 % interval over seeds), seeds and unit.
    Raises `RequestError` if an arm or column is missing or the arms share no seed.
    """
    return _over_time(PANELS, months, base, other, titles or {})


def default_and_credit(
    months: pd.DataFrame, base: str, other: str, titles: Mapping[str, str] | None = None
) -> tuple[Figure, pd.DataFrame]:
    """Draw the default rate and the cumulative credit granted of two arms, as `npl_and_profit`.

    `months` has `defaults`, `performing` (loans) and `disbursed` (CNY a month).
    """
    return _over_time(DEFAULT_AND_CREDIT, months, base, other, titles or {})


def _over_time(
    panels: Panels, months: pd.DataFrame, base: str, other: str, titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    pair = pair_arms(months, base, other, [panel.metric for panel in panels])
    numbers = [_panel_numbers(pair, panel) for panel in panels]
    names = titles.get(base, base), titles.get(other, other)
    with house_style():
        figure = _draw(panels, numbers, *names, _note(len(pair.seeds), pair.banks))
    return figure, _one_frame(panels, numbers)


def _panel_numbers(pair: MonthlyPair, panel: PlotPanel) -> pd.DataFrame:
    arms = [arm * panel.scale for arm in pair.series(panel.metric)]
    if panel.cumulative:
        arms = [arm.cumsum() for arm in arms]
    known = ~arms[0].isna().all(axis=1)
    if not known.any():
        raise RequestError(f"too few months for this series: {panel.title}")
    most = WHOLE if panel.unit.startswith("%") else None
    base, other = (arm[known] for arm in arms)
    return compare_arms(base, other, most)


def _one_frame(panels: Panels, numbers: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    labelled = []
    for panel, frame in zip(panels, numbers, strict=True):
        named = frame.reset_index()
        named["metric"] = f"cumulative_{panel.metric}" if panel.cumulative else panel.metric
        named["unit"] = panel.unit
        named.loc[named["line"] == "difference", "unit"] = panel.difference
        labelled.append(named)
    columns = ["metric", "line", "month", "mean", "low", "high", "seeds", "unit"]
    return pd.concat(labelled, ignore_index=True)[columns]


def _draw(panels: Panels, numbers: list[pd.DataFrame], base: str, other: str, note: str) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10.0, 5.6), layout="constrained")
    grid = figure.subplots(2, 2, sharex="col", height_ratios=[3, 1.25])
    for panel, frame, (above, below) in zip(panels, numbers, grid.T, strict=True):
        lines = {str(line): part for line, part in frame.groupby("line")}
        arms = Line(base, lines["base"], BASE), Line(other, lines["other"], OTHER)
        for arm in arms:
            _plot(above, arm)
        label_ends(above, arms)
        above.set_title(f"{panel.title}, {panel.unit}")
        below.axhline(0.0, color=QUIET, linewidth=0.8)
        difference = f"{other} \N{MINUS SIGN} {base}, {panel.difference}"
        _plot(below, Line(difference, lines["difference"], DIFFERENCE))
        below.set_title(textwrap.fill(difference, 70), fontsize=9.0, fontweight="normal")
        below.set_xlabel("Month")
        _dress(above, 6, frame.index.min(), frame.index.max())
        _dress(below, 3, frame.index.min(), frame.index.max())
    figure.supxlabel(note, fontsize=8.0, color=QUIET, x=0.01, ha="left")
    return figure


def _plot(axes: Axes, line: Line) -> None:
    band, pen = line.band, line.pen
    axes.plot(
        band.index, band["mean"], color=pen.colour, linestyle=pen.line, linewidth=pen.width,
        marker="o" if len(band) == 1 else None,  # a single month has no line
    )  # fmt: skip
    axes.fill_between(
        band.index, band["low"], band["high"], color=pen.colour, alpha=BAND, linewidth=0
    )


def _dress(axes: Axes, ticks: int, first: int, last: int) -> None:
    from matplotlib.ticker import MaxNLocator, MultipleLocator

    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if last / step <= 8), 120)
    axes.xaxis.set_major_locator(MultipleLocator(step))
    axes.yaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10], min_n_ticks=2))
    if last > first:
        axes.set_xlim(first, last)


def _note(seeds: int, banks: Sequence[str]) -> str:
    whose = f"Banks taken together: {', '.join(banks)}. " if len(banks) > 1 else ""
    if seeds == 1:
        return f"{whose}One seed: no interval can be given."
    return textwrap.fill(
        f"{whose}Lines: mean over {seeds} seeds. Shaded: {100 * LEVEL:.0f} % interval of that "
        "mean. Below: the difference within each seed, so common shocks cancel.",
        170,
    )
