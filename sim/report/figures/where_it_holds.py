"""Where each claim of a study holds: a map per claim over its two main drivers.

Shade and number both give the share of points in a cell at which the claim holds, so that the map
is readable without colour; a cell without points is grey and empty.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.analysis.bins import enough_points
from sim.core.errors import RequestError
from sim.report.figures.style import INK, QUIET, house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ACROSS = 3  # maps side by side
EMPTY = "#DDDDDD"
DARK = 0.55  # shares above this are written in white
NEEDED = ["claim", "first", "second", "x", "y", "share", "n"]


def where_it_holds(maps: pd.DataFrame, titles: Mapping[str, str] | None = None) -> Figure:
    """Draw one map per claim; `titles` maps claims and quantities to titles.

    `maps` has a row per cell: claim, first and second (quantities on the axes), x, y (middles of
    the cell), share (0 to 1), n points.  A claim whose cells have too few points on average is
    only named.  Raises `RequestError` for a frame without one of these columns or without rows,
    and where no claim has points enough.
    """
    missing = [name for name in NEEDED if name not in maps.columns]
    if missing or not len(maps):
        raise RequestError(
            f"no map can be drawn: {missing[0] if missing else 'every row'} is missing"
        )
    from matplotlib.figure import Figure

    every = maps.groupby("claim", sort=False)["n"]
    claims = [claim for claim, n in every if enough_points(float(n.sum()), len(n))]
    few = [_words(str(claim), titles or {}) for claim, _ in every if claim not in claims]
    if not claims:
        raise RequestError(f"too few points for a map: {every.sum().max():.0f} for each claim")
    unmapped = f"\nToo few points for a map: {'; '.join(few)}." if few else ""
    down = -(-len(claims) // ACROSS)
    with house_style():
        figure = Figure(figsize=(10.0, 3.3 * down + 0.3), layout="constrained")
        grid = figure.subplots(down, ACROSS, squeeze=False)
        for axes, claim in zip(grid.flat, claims, strict=False):
            _draw(axes, str(claim), maps[maps["claim"] == claim], titles or {})
        for axes in grid.flat[len(claims) :]:
            axes.set_axis_off()
        figure.supxlabel(
            "Numbers: per cent of the design points of a cell at which the claim holds; a grey "
            f"cell has no points.{unmapped}",
            fontsize=8.0, color=QUIET, x=0.01, ha="left",
        )  # fmt: skip
    return figure


def _draw(axes: Axes, claim: str, cells: pd.DataFrame, titles: Mapping[str, str]) -> None:
    shares = cells.pivot(index="y", columns="x", values="share").sort_index()
    axes.imshow(shares.to_numpy(), origin="lower", aspect="auto", cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(shares.shape[1]), [_short(value) for value in shares.columns])
    axes.set_yticks(range(shares.shape[0]), [_short(value) for value in shares.index])
    axes.set_facecolor(EMPTY)
    for row, values in enumerate(shares.to_numpy()):
        for column, share in enumerate(values):
            if share == share:
                colour = "white" if share > DARK else INK
                axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", color=colour)
    axes.grid(False)
    axes.set_title(textwrap.fill(_words(claim, titles), 31), fontsize=9.0)
    first, second = (str(cells[name].iloc[0]) for name in ("first", "second"))
    axes.set_xlabel(textwrap.fill(titles.get(first, _last(first)), 40))
    axes.set_ylabel(textwrap.fill(titles.get(second, _last(second)), 30))


def _words(claim: str, titles: Mapping[str, str]) -> str:
    return titles.get(claim, claim.replace("_", " "))


def _short(value: object) -> str:
    text = f"{value:.2g}" if isinstance(value, float) else str(value)
    return text.replace("-", "\N{MINUS SIGN}")


def _last(quantity: str) -> str:
    """Return the last two names of a dotted key, enough for an axis label."""
    return ".".join(quantity.split(".")[-2:])
