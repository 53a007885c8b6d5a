"""All claims of a study with verdicts, and the deciding differences with intervals.

Claims in one unit share an axis, which is drawn above them; all share the line of no difference.
Shape, fill and colour all show the verdict, so that it is readable without colour.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.report.figures.canvas import broken, new_figure, note, signed
from sim.report.figures.style import INK, QUIET, VERDICTS, house_style
from sim.report.outcome_words import evidence_of
from sim.results.units import decimals
from sim.results.wording import without_number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEEDED = ["claim", "statement", "verdict", "difference", "low", "high", "what", "n"]
LETTERS = 62  # characters of a statement in a line
ROW = 0.52  # inches


def claims_plot(verdicts: pd.DataFrame, titles: Mapping[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Draw one row per claim.

    `verdicts` has claim, statement, verdict, difference, low, high, what (the outcome and arms),
    n.  Raises `RequestError` for a frame that lacks a column or has no row.
    """
    missing = [name for name in NEEDED if name not in verdicts]
    if missing or not len(verdicts):
        raise RequestError(f"no claim to draw: {missing[0] if missing else 'every row'} is missing")
    rows = []
    for row in verdicts.to_dict("records"):
        text = evidence_of(str(row["what"]))
        statement = str(row["statement"]) if row["statement"] == row["statement"] else ""
        rows.append(
            {
                "claim": row["claim"],
                "statement": without_number(statement or str(row["claim"])),
                "verdict": row["verdict"],
                "outcome": text.title,
                "difference": text.factor * row["difference"],
                "low": text.factor * row["low"],
                "high": text.factor * row["high"],
                "unit": text.difference,
                "seeds": row["n"],
            }
        )
    import pandas as pd

    numbers = pd.DataFrame(rows)
    units = list(dict.fromkeys(numbers["unit"]))
    lines = len(numbers) + len(units)
    with house_style():
        figure, (axes,) = new_figure(1.2 + ROW * lines)
        y = lines - 1
        for unit in units:
            group = numbers[numbers["unit"] == unit]
            reach = _reach(group)
            _axis(axes, y, len(group), str(unit), reach)
            for row in group.to_dict("records"):
                y -= 1
                _row(axes, y, row, reach)
            y -= 1
        _dress(axes, numbers, lines)
        note(
            figure,
            "Claims in one unit share an axis; the vertical line is no difference, the bar is the "
            "interval of the deciding difference (adjusted for the number of claims, so wider "
            f"than 95 %), over {int(numbers['seeds'].max())} seeds. Undecided: not statistically "
            "significant at this precision. For a claim with several parts, the deciding part.",
        )
    return figure, numbers


def _reach(group: pd.DataFrame) -> float:
    """Return the largest number to be shown, 0 where none is known."""
    known = group[["low", "high", "difference"]].dropna().abs().to_numpy()
    return float(known.max()) if known.size and math.isfinite(known.max()) else 0.0


def _axis(axes: Axes, y: int, rows: int, unit: str, reach: float) -> None:
    """Draw the axis that `rows` claims below `y` share, from -reach to reach."""
    axes.text(
        -1.4, y - 0.1, unit[:1].upper() + unit[1:] or "No unit", ha="right", va="center",
        fontsize=8.8, fontweight="bold",
    )  # fmt: skip
    if reach == 0.0:
        return
    axes.plot([-1.0, 1.0], [y - 0.3] * 2, color=QUIET, linewidth=0.8)
    digits = decimals(reach, reach)
    for end in (-1.0, 0.0, 1.0):
        axes.plot([end] * 2, [y - 0.3 - rows, y - 0.3], color=QUIET, linewidth=0.4, alpha=0.6)
        if end:
            text = signed(end * reach, digits)
            axes.text(end, y - 0.24, text, ha="center", va="bottom", fontsize=7.5, color=QUIET)


def _row(axes: Axes, y: int, row: Mapping[Any, Any], reach: float) -> None:
    mark = VERDICTS.get(str(row["verdict"]), VERDICTS["undecided"])
    known = math.isfinite(row["low"]) and math.isfinite(row["high"])
    if known and reach > 0.0:
        low, high, mid = (row[k] / reach for k in ("low", "high", "difference"))
        axes.plot(
            [low, high], [y, y], color=mark.colour, linewidth=2.6 if mark.filled else 1.2,
            marker="|", markersize=7,
        )  # fmt: skip
        axes.plot(
            [mid], [y], marker=mark.marker, color=mark.colour, markersize=8,
            markerfacecolor=mark.colour if mark.filled else "white", markeredgewidth=1.4,
        )  # fmt: skip
    digits = decimals((row["high"] - row["low"]) / 2, row["difference"])
    ends = f" [{signed(row['low'], digits)}, {signed(row['high'], digits)}]" if known else ""
    unit = f" {row['unit']}" if row["unit"] else ""
    value = signed(row["difference"], digits) if math.isfinite(row["difference"]) else "unknown"
    axes.text(
        1.12, y + 0.04, f"{row['outcome']}", fontsize=8.0, color=QUIET, va="bottom", ha="left",
    )  # fmt: skip
    axes.text(1.12, y - 0.04, f"{value}{ends}{unit}", fontsize=8.0, va="top", ha="left")
    axes.text(
        -1.12, y, broken(row["statement"], LETTERS), va="center", ha="right", fontsize=8.8,
        linespacing=1.1,
    )  # fmt: skip


def _dress(axes: Axes, numbers: pd.DataFrame, lines: int) -> None:
    from matplotlib.lines import Line2D

    axes.axvline(0.0, color=INK, linewidth=1.0)
    axes.set_xlim(-4.55, 3.3)
    axes.set_ylim(-0.6, lines - 0.3)
    axes.set_axis_off()
    counts = numbers["verdict"].value_counts()
    handles = [
        Line2D(
            [], [], color=mark.colour, marker=mark.marker, markersize=8, markeredgewidth=1.4,
            linewidth=2.6 if mark.filled else 1.2,
            markerfacecolor=mark.colour if mark.filled else "white",
            label=f"{verdict} ({counts.get(verdict, 0)})",
        )
        for verdict, mark in VERDICTS.items()
    ]  # fmt: skip
    axes.legend(
        handles=handles, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False,
        handlelength=3.2,
    )  # fmt: skip
