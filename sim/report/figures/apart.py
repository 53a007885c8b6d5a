"""Sets marks apart that would lie on one another, with a line from each to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import PathCollection
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from sim.core.arrays import Floats

DOT = 5.0  # diameter of the dot at the place of a mark that was moved, points
GAP = 2.0  # points between two marks
ROUNDS = 400  # at most
POINTS = 72.0  # in an inch


class Mark(NamedTuple):
    """A round mark with a text in it, at its place in the units of the axes."""

    at: tuple[float, float]
    radius: float  # points
    dot: PathCollection
    text: Text
    colour: str


def set_apart(figure: Figure, axes: Axes, marks: Sequence[Mark]) -> bool:
    """Move marks that overlap, except the first, and leave a dot at the place of each moved.

    Returns whether any was moved.  Nothing that changes the axes' size by much may follow.
    """
    figure.draw_without_rendering()
    axes.set_xlim(axes.get_xlim())
    axes.set_ylim(axes.get_ylim())
    scale = POINTS / figure.dpi
    places = scale * np.asarray(axes.transData.transform([mark.at for mark in marks]))
    low, high = scale * np.asarray(axes.get_window_extent().get_points())
    radii = np.array([mark.radius for mark in marks])
    moved = places_apart(places, radii, low, high)
    back = axes.transData.inverted()
    for mark, old, new in zip(marks, places, moved, strict=True):
        if not np.array_equal(old, new):
            x, y = back.transform(new / scale)
            mark.dot.set_offsets([[x, y]])
            mark.text.set_position((x, y))
            axes.plot([mark.at[0], x], [mark.at[1], y], color=mark.colour, linewidth=1.6, zorder=3)
            axes.plot(
                *mark.at, marker="o", markersize=DOT, color=mark.colour, markeredgecolor="white",
                markeredgewidth=0.8, zorder=3.5,  # below the marks, whose texts it would hide
            )  # fmt: skip
    return not np.array_equal(places, moved)


def places_apart(places: Floats, radii: Floats, low: Floats, high: Floats) -> Floats:
    """Return places (n, 2) at which no two circles overlap, inside a box; the first stays.

    Each pair that overlaps is pushed apart along the line between the two, again and again; of two
    on one place the later goes to the right.  Those apart stay.  All in one unit.
    """
    moved = np.array(places, dtype=float)
    for _ in range(ROUNDS):
        touched = False
        for first in range(len(moved)):
            for second in range(first + 1, len(moved)):
                between = moved[second] - moved[first]
                distance = float(np.hypot(*between))
                lack = radii[first] + radii[second] + GAP - distance
                if lack > 1e-6:
                    touched = True
                    way = between / distance if distance > 1e-6 else np.array([1.0, 0.0])
                    share = 0.5 if first else 0.0
                    moved[first] -= way * lack * share
                    moved[second] += way * lack * (1.0 - share)
        if not touched:
            break
        edge = radii[:, None]
        inside = np.clip(moved, low + edge, np.maximum(high - edge, low + edge))
        moved = np.where(moved == places, moved, inside)
    return moved
