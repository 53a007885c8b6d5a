"""The common style of all figures: light, printable, and readable without colour.

The two arms differ in hue (orange and blue, safe for the common types of colour blindness), in
lightness (so that they differ in grey print) and in line style.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, NamedTuple

from sim.report.figures.letters import families

INK = "#222222"  # titles and axes
QUIET = "#5A5A5A"  # notes and units
FAINT = "#E3E3E3"  # grid
BAND = 0.20  # opacity of an interval's band


class Pen(NamedTuple):
    """How one arm is drawn."""

    colour: str
    line: str
    width: float  # points


BASE = Pen("#B45F06", "--", 1.6)
OTHER = Pen("#08457E", "-", 2.0)
DIFFERENCE = Pen("#222222", "-", 1.4)
PENS = (BASE, OTHER, Pen("#B0407A", "-.", 1.6), Pen("#6B6B6B", ":", 1.8))  # for arms in their order
MARKS = ("o", "s", "^", "D")  # for arms in their order, as points


class Mark(NamedTuple):
    """How a verdict is drawn: by colour, marker and hatch."""

    colour: str
    marker: str
    hatch: str
    filled: bool


BETTER = Mark("#08457E", "o", "", True)
WORSE = Mark("#B45F06", "X", "////", True)
NEITHER = Mark("#7A7A7A", "D", "", False)
VERDICTS = {"supported": BETTER, "refuted": WORSE, "undecided": NEITHER}

_STYLE: Any = {
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "figure.constrained_layout.w_pad": 0.10,  # inches
    "figure.constrained_layout.h_pad": 0.06,  # inches
    "savefig.dpi": 200,
    "savefig.facecolor": "white",
    "text.parse_math": False,  # names are text: a dollar sign starts no formula
    "font.size": 9.0,
    "text.color": INK,
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 8.0,
    "axes.labelsize": 9.0,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "lines.solid_capstyle": "round",
    "svg.fonttype": "path",  # the same letters on a machine without the font
    "svg.hashsalt": "smelend",  # the same file for the same figure
}

_lock = RLock()  # matplotlib's settings are global to the process


@contextmanager
def house_style() -> Iterator[None]:
    """Draw and save inside this block in the common style; one thread at a time."""
    from matplotlib import rc_context, rcdefaults

    with _lock, rc_context(), warnings.catch_warnings():
        # letters that no font has are reported once, in plain words (`tell_missing`)
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .*missing from")
        rcdefaults()  # a reader's own settings must not change a figure
        with rc_context(_STYLE | {"font.family": families()}):
            yield
