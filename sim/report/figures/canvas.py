"""The canvas of a figure: its size, its panels, and the note on how to read it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from sim.report.figures.bands import LEVEL
from sim.report.figures.style import QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 10.0  # width of every figure, inches, so that text has one size on a page
NOTE_LETTERS = 165  # characters in a line of a note
MINUS = "\N{MINUS SIGN}"


def new_figure(
    height: float, down: int = 1, across: int = 1, **kept: Any
) -> tuple[Figure, list[Axes]]:
    """Return a figure of the usual width and its panels, row by row."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    grid = figure.subplots(down, across, squeeze=False, **kept)
    return figure, list(grid.flat)


def note(figure: Figure, text: str) -> None:
    """Write the note on how to read a figure below it."""
    lines = broken(text, NOTE_LETTERS)
    figure.supxlabel(lines, fontsize=8.0, color=QUIET, x=0.01, ha="left")


def interval_words(seeds: int, mark: str = "Lines") -> str:
    """Return the sentence that explains the intervals of a figure."""
    if seeds < 2:
        return "One seed: no interval can be given."
    return f"{mark}: {100 * LEVEL:.0f} % interval of the mean over {seeds} seeds."


def across_only(axes: Axes) -> None:
    """Show vertical grid lines only, for plots with one row per item."""
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")


def broken(text: str, letters: int) -> str:
    """Return text broken into lines of at most `letters` characters."""
    return textwrap.fill(text, letters, break_long_words=False, break_on_hyphens=False)


def signed(value: float, digits: int) -> str:
    """Write a difference with its sign, a true minus sign, and no sign before zero."""
    text = f"{abs(value):,.{digits}f}"
    if not any(c in "123456789" for c in text):
        return text
    return (MINUS if value < 0 else "+") + text
