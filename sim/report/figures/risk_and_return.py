"""Default against profit, one point per arm, with the efficient frontier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.intervals import t_interval
from sim.core.errors import RequestError
from sim.report.figures.apart import Mark, set_apart
from sim.report.figures.canvas import broken, new_figure, note
from sim.report.figures.style import BASE, INK, OTHER, QUIET, house_style
from sim.report.rows import rows_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FACTORS = {
    "default_rate": 100.0,
    "profit": 1e-6,
    "credit_granted": 1e-6,
}  # from stored to shown values
SMALLEST, LARGEST = 100.0, 300.0  # square points of the dots with the least and the most credit
MOST_NAMED = 14  # arms with a number and a name
LETTERS = 34  # characters of a name in a line of the key
MOVED = "A mark moved aside for another has a line to a dot at its place."
PLAIN = 0.3  # relative size of an arm without a name


def risk_and_return(
    runs: pd.DataFrame, base: str, named: Sequence[str], titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw each arm's default rate and profit as the base's plus its paired difference.

    `runs` has arm, seed, `default_rate` (1/year), `profit` and `credit_granted` (CNY), of one
    bank.  `named` arms are numbered and listed in the key.  Raises `RequestError` for fewer than
    two arms.
    """
    numbers = _numbers(runs, base)
    if len(numbers) < 2:
        raise RequestError("there is one arm only, so there is no comparison")
    known = [arm for arm in dict.fromkeys([base, *named]) if arm in set(numbers["arm"])]
    order = {arm: place for place, arm in enumerate(known[: MOST_NAMED + 1])}
    numbers["number"] = numbers["arm"].map(order)
    with house_style():
        figure, (axes, key) = new_figure(5.4, 1, 2, width_ratios=[2.7, 1])
        credit = numbers["credit"]
        reach = credit.max() - credit.min() or 1.0
        size = SMALLEST + (LARGEST - SMALLEST) * (credit - credit.min()) / reach
        marks = _points(axes, numbers, size, base)
        _frontier(axes, numbers)
        _key(key, numbers, titles, base)
        axes.axhline(0.0, color=QUIET, linewidth=0.8)
        axes.grid(True, axis="both")
        axes.set_title("Risk and return")
        axes.set_xlabel("Default rate, % a year (further left: fewer defaults)")
        axes.set_ylabel("Profit after tax, all months, CNY million")
        others = " Grey: other combinations." if numbers["number"].isna().any() else ""
        words = (
            f"Point size: credit granted, CNY {credit.min():,.0f} million to "
            f"{credit.max():,.0f} million. Dotted: efficient frontier of default and "
            f"profit.{others} Crosses: 95 % interval of the difference from the base on "
            f"{int(numbers['seeds'].max())} common seeds."
        )
        note(figure, words)
        if set_apart(figure, axes, marks):
            note(figure, f"{words} {MOVED}")
    return figure, numbers.sort_values("number", ignore_index=True)


def _numbers(runs: pd.DataFrame, base: str) -> pd.DataFrame:
    import pandas as pd

    wide = {
        name: factor * runs.pivot(index="seed", columns="arm", values=name)
        for name, factor in FACTORS.items()
    }
    rows = []
    for arm in dict.fromkeys([base, *runs["arm"]]):
        row: dict[str, Any] = {"arm": arm}
        for name, table in wide.items():
            change = t_interval(table[arm] - table[base])
            level = float(table[base].mean())
            short = "credit" if name == "credit_granted" else name
            row[short] = level + change.mean
            if short != "credit":
                row[f"{short}_low"] = level + change.low if arm != base else np.nan
                row[f"{short}_high"] = level + change.high if arm != base else np.nan
            row["seeds"] = change.n
        rows.append(row)
    numbers = pd.DataFrame(rows)
    risk, gain = numbers["default_rate"].to_numpy(), numbers["profit"].to_numpy()
    dominated = [
        bool(np.any((risk <= r) & (gain >= g) & ((risk < r) | (gain > g))))
        for r, g in zip(risk, gain, strict=True)
    ]
    return numbers.assign(frontier=~np.array(dominated))


def _points(axes: Axes, numbers: pd.DataFrame, size: pd.Series, base: str) -> list[Mark]:
    """Draw the points and their intervals; return the named ones' marks, to be set apart."""
    marks = []
    unnamed = numbers["number"].isna()
    axes.scatter(
        numbers.loc[unnamed, "default_rate"], numbers.loc[unnamed, "profit"],
        s=size[unnamed] * PLAIN, color="#D0D0D0", edgecolor="#B0B0B0", linewidth=0.5, zorder=2,
    )  # fmt: skip
    for row, area in zip(rows_of(numbers[~unnamed]), size[~unnamed], strict=True):
        first = row.arm == base
        pen = BASE if first else OTHER
        at = row.default_rate, row.profit
        ends: dict[str, Any] = {
            "xerr": _ends(row.default_rate, row.default_rate_low, row.default_rate_high),
            "yerr": _ends(row.profit, row.profit_low, row.profit_high),
        }
        axes.errorbar(*at, **ends, color=pen.colour, elinewidth=0.8, zorder=3, fmt="none")
        dot = axes.scatter(
            *at, s=area, color=pen.colour, marker="s" if first else "o",
            edgecolor="white", linewidth=0.9, zorder=4,
        )  # fmt: skip
        text = axes.text(
            *at, _mark(row, base), color="white", fontsize=8.0, fontweight="bold", ha="center",
            va="center_baseline", zorder=5,
        )  # fmt: skip
        marks.append(Mark(at, float(area) ** 0.5 / 2.0, dot, text, pen.colour))
    return marks


def _mark(row: Any, base: str) -> str:
    return "B" if row.arm == base else f"{row.number:.0f}"


def _ends(value: float, low: float, high: float) -> list[list[float]] | None:
    return [[value - low], [high - value]] if np.isfinite(low) and np.isfinite(high) else None


def _frontier(axes: Axes, numbers: pd.DataFrame) -> None:
    edge = numbers[numbers["frontier"]].sort_values("default_rate")
    axes.plot(edge["default_rate"], edge["profit"], color=INK, linewidth=1.3, linestyle=":")


def _key(axes: Axes, numbers: pd.DataFrame, titles: Mapping[str, str], base: str) -> None:
    """Write the key of numbers and arms."""
    axes.set_axis_off()
    axes.set_xlim(0.0, 1.0)
    y, step = 1.0, 0.043
    for row in rows_of(numbers[numbers["number"].notna()].sort_values("number")):
        first = row.arm == base
        lines = broken(titles.get(row.arm, row.arm), LETTERS)
        axes.scatter(
            0.03, y, s=150, color=(BASE if first else OTHER).colour, marker="s" if first else "o",
            clip_on=False,
        )  # fmt: skip
        axes.text(
            0.03, y, _mark(row, base), color="white", fontsize=7.5, fontweight="bold",
            ha="center", va="center_baseline",
        )  # fmt: skip
        axes.text(0.10, y + 0.016, lines, fontsize=8.5, va="top", linespacing=1.15)
        y -= step * (lines.count("\n") + 1) + 0.026
    axes.set_ylim(min(y, 0.0), 1.03)
