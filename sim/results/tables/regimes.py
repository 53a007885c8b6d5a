"""The share of points of the open assumptions at which each claim holds."""

from __future__ import annotations

from sim.analysis.bins import POINTS_PER_CELL, enough_points
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.quantity_words import quantity
from sim.results.table import NONE, Block, Cell, Column, Table, ends, estimates, number, words

SMALLEST_MAP = 4 * POINTS_PER_CELL  # points: two classes of each of two quantities


def _maps(points: int) -> str:
    """Say that there is no map, and why, where the points are too few for one."""
    if enough_points(points):
        return ""
    return f" No map is drawn: {points} points are too few; the smallest map needs {SMALLEST_MAP}."


@table("details", 90)
def regimes(results: Results) -> Table | None:
    """Return each claim's share with its Wilson interval, and what governs it."""
    rows, setup = results.known("regimes"), results.study.get("regimes")
    if rows is None or not setup:
        return None
    lines = []
    for _, one in rows.iterrows():
        sure = one["n"] > 0 and one["p_holm"] <= 0.05
        pair = "; ".join(quantity(one[key]).words for key in ("first", "second"))
        pair += f" (explain {100 * one['explained']:.0f} %)"
        lines.append(
            [
                words(one["statement"] or str(one["claim"]).replace("_", " ")),
                number(100 * float(one["share"]), 0) if one["n"] > 0 else Cell(NONE),
                ends(100 * float(one["low"]), 100 * float(one["high"]), 0),
                words(pair if sure else "not significant"),
            ]
        )
    spans = [
        f"{one.words} {one.factor * span['low']:g} to {one.factor * span['high']:g}"
        for one, span in ((quantity(key), span) for key, span in setup["quantities"].items())
    ]
    return Table(
        "regimes",
        "Share of design points at which each claim holds",
        [Column("Claim"), *estimates("Holds, % of points"), Column("Main drivers")],
        [Block("", lines)],
        f"{setup['points']:,} points, {setup['seeds']:,} seeds each, spread evenly over the "
        f"assumptions that the study leaves open: {'; '.join(spans)}. A claim holds at a point if "
        "its mean difference has the claimed sign. Main drivers: the two quantities that explain "
        "most of the margin by which it holds or fails." + _maps(int(setup["points"])),
    )
