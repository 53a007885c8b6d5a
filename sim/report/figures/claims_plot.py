"""All claims of a study with verdicts, and the deciding differences with intervals.

Claims are about different outcomes, so each row has its own scale; all share the line of no
difference.  Shape, fill and colour all show the verdict, so that it is readable without colour.
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
    with house_style():
        figure, (axes,) = new_figure(1.2 + ROW * len(numbers))
        for place, row in enumerate(numbers.to_dict("records")):
            _row(axes, len(numbers) - 1 - place, row)
        _dress(axes, numbers)
        note(
            figure,
            "Each row has its own scale; the vertical line is no difference, the bar is the "
            "interval of the deciding difference (adjusted for the number of claims, so wider "
            f"than 95 %), over {int(numbers['seeds'].max())} seeds. Undecided: not statistically "
            "significant at this precision. For a claim with several parts, the deciding part.",
        )
    return figure, numbers


def _row(axes: Axes, y: int, row: Mapping[Any, Any]) -> None:
    mark = VERDICTS.get(str(row["verdict"]), VERDICTS["undecided"])
    known = math.isfinite(row["low"]) and math.isfinite(row["high"])
    reach = max(abs(row["low"]), abs(row["high"]), abs(row["difference"])) if known else 0.0
    if reach > 0.0:
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


def _dress(axes: Axes, numbers: pd.DataFrame) -> None:
    from matplotlib.lines import Line2D

    axes.axvline(0.0, color=INK, linewidth=1.0)
    axes.set_xlim(-4.55, 3.3)
    axes.set_ylim(-0.6, len(numbers) - 0.3)
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
