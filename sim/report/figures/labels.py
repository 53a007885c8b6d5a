"""Labels at the ends of lines, so that no legend is needed."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from sim.report.figures.style import Pen

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WIDTH = 14  # characters in a line of a label; longer lines would take space from the plot
LINE = 12.0  # points from one line of text to the next
EDGE = 6.0  # points between a line's end and its label


class Line(NamedTuple):
    """One drawn line: its name, its band (rows by month, column `mean`) and its pen."""

    name: str
    band: pd.DataFrame
    pen: Pen

    @property
    def end(self) -> float:
        """The height of its last point, in units of the axis."""
        return float(self.band["mean"].iloc[-1])


def label_ends(axes: Axes, lines: tuple[Line, Line]) -> None:
    """Write each of two names at its line's last point, moved apart where they would overlap."""
    axes.autoscale_view()
    low, high = axes.get_ylim()
    points = 72.0 * axes.get_window_extent().height / axes.figure.dpi  # of the axes' height
    lower, upper = sorted(lines, key=lambda line: line.end)
    texts = [textwrap.fill(line.name, WIDTH) for line in (lower, upper)]
    needed = LINE * (0.2 + sum(text.count("\n") + 1 for text in texts) / 2)
    push = max(0.0, needed - (upper.end - lower.end) / (high - low) * points) / 2
    for line, text, shift in zip((lower, upper), texts, (-push, push), strict=True):
        axes.annotate(
            text, xy=(line.band.index[-1], line.end), xytext=(EDGE, shift),
            textcoords="offset points", color=line.pen.colour, fontweight="bold",
            va="center", ha="left", annotation_clip=False,
        )  # fmt: skip
