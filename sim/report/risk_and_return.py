"""Default against profit, one point per arm, with the frontier that no other arm beats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.intervals import t_interval
from sim.core.errors import RequestError
from sim.report.canvas import broken, note, sheet
from sim.report.style import BASE, INK, OTHER, QUIET, house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

AXES = {"default_rate": 100.0, "profit": 1e-6, "credit_granted": 1e-6}  # shown per stored value
LARGEST = 420.0  # square points of the largest dot
NAMED = 12  # arms with a name beside their point, at most


def risk_and_return(
    runs: pd.DataFrame, base: str, named: Sequence[str], titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw each arm's default rate and profit as the base's plus its paired difference.

    `runs` has arm, seed, `default_rate` (1/year), `profit` and `credit_granted` (CNY), of one
    bank.  `named` arms get their name.  Raises `RequestError` for fewer than two arms.
    """
    numbers = _numbers(runs, base)
    if len(numbers) < 2:
        raise RequestError("there is one arm only, so nothing to compare it with")
    numbers["named"] = numbers["arm"].isin([base, *named[:NAMED]])
    with house_style():
        figure, (axes,) = sheet(6.0)
        size = LARGEST * (numbers["credit"] / numbers["credit"].max()) ** 2
        _points(axes, numbers, size, base)
        edge = numbers[numbers["frontier"]].sort_values("default_rate")
        axes.plot(
            edge["default_rate"], edge["profit"], color=INK, linewidth=1.2, linestyle=":", zorder=1
        )
        _names(axes, numbers, titles)
        axes.axhline(0.0, color=QUIET, linewidth=0.8)
        axes.grid(True, axis="both")
        axes.set_xlabel("Default rate, % a year (further left is safer)")
        axes.set_ylabel("Profit after tax, all months, CNY million")
        least, most = numbers["credit"].min(), numbers["credit"].max()
        seeds = int(numbers["seeds"].max())
        note(
            figure,
            f"Size of a point: credit granted, CNY {least:,.0f} million to {most:,.0f} million. "
            "Dotted: arms that no other beats on both default and profit. Grey: other combinations "
            "of the measures. Crosses: 95 % interval of the difference from the base on "
            f"{seeds} common seeds.",
        )
    return figure, numbers


def _numbers(runs: pd.DataFrame, base: str) -> pd.DataFrame:
    import pandas as pd

    wide = {
        name: factor * runs.pivot(index="seed", columns="arm", values=name)
        for name, factor in AXES.items()
    }
    rows = []
    for arm in dict.fromkeys([base, *runs["arm"]]):
        row: dict[str, object] = {"arm": arm}
        for name, table in wide.items():
            change = t_interval(table[arm] - table[base])
            level = float(table[base].mean())
            short = "credit" if name == "credit_granted" else name
            row[short] = level + change.mean
            if short != "credit":
                row[f"{short}_low"] = level + (change.low if arm != base else np.nan)
                row[f"{short}_high"] = level + (change.high if arm != base else np.nan)
            row["seeds"] = change.n
        rows.append(row)
    numbers = pd.DataFrame(rows)
    risk, gain = numbers["default_rate"].to_numpy(), numbers["profit"].to_numpy()
    beaten = [
        bool(np.any((risk <= r) & (gain >= g) & ((risk < r) | (gain > g))))
        for r, g in zip(risk, gain, strict=True)
    ]
    return numbers.assign(frontier=~np.array(beaten))


def _points(axes: Axes, numbers: pd.DataFrame, size: pd.Series, base: str) -> None:
    plain = ~numbers["named"]
    axes.scatter(
        numbers.loc[plain, "default_rate"], numbers.loc[plain, "profit"], s=size[plain] * 0.35,
        color="#D0D0D0", edgecolor="#B0B0B0", linewidth=0.5, zorder=2,
    )  # fmt: skip
    for place, row in numbers[numbers["named"]].iterrows():
        first = row["arm"] == base
        pen = BASE if first else OTHER
        axes.errorbar(
            row["default_rate"], row["profit"],
            xerr=_ends(row, "default_rate"), yerr=_ends(row, "profit"),
            color=pen.colour, elinewidth=0.9, zorder=3, fmt="none",
        )  # fmt: skip
        axes.scatter(
            row["default_rate"], row["profit"], s=size[place], color=pen.colour, alpha=0.85,
            marker="s" if first else "o", edgecolor="white", linewidth=0.8, zorder=4,
        )  # fmt: skip


def _ends(row: pd.Series, name: str) -> list[list[float]] | None:
    low, high = row[name] - row[f"{name}_low"], row[f"{name}_high"] - row[name]
    return [[low], [high]] if np.isfinite(low) and np.isfinite(high) else None


def _names(axes: Axes, numbers: pd.DataFrame, titles: Mapping[str, str]) -> None:
    """Write each name beside its point, on whichever side and height leaves the most room."""
    chosen = numbers[numbers["named"]].sort_values("profit")
    axes.margins(0.16, 0.08)
    axes.autoscale_view()
    axes.figure.draw_without_rendering()
    box = axes.get_window_extent()
    spots = axes.transData.transform(chosen[["default_rate", "profit"]].to_numpy())
    taken: list[tuple[float, float, float, float]] = [
        (x - 11, y - 11, x + 11, y + 11) for x, y in spots
    ]
    for (x, y), arm in zip(spots, chosen["arm"], strict=True):
        text = broken(titles.get(arm, arm), 26)
        lines = text.split("\n")
        wide, high = 5.6 * max(map(len, lines)), 12.5 * len(lines)
        best = min(
            (
                (_overlap(spot, taken) + _outside(spot, box) + abs(dy) * 0.5, dx, dy, spot)
                for dx in (1, -1)
                for dy in (0, 14, -14, 28, -28, 42, -42, 58, -58)
                for spot in [_spot(x, y, dx, dy, wide, high)]
            ),
            key=lambda one: one[0],
        )
        _, dx, dy, spot = best
        taken.append(spot)
        axes.annotate(
            text, (x, y), xytext=(dx * 14 * 0.72, dy * 0.72), xycoords="figure pixels",
            textcoords="offset points", ha="left" if dx > 0 else "right", va="center",
            fontsize=8.5, linespacing=1.0, zorder=5,
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.6} if dy else None,
        )  # fmt: skip


def _spot(
    x: float, y: float, dx: int, dy: float, wide: float, high: float
) -> tuple[float, float, float, float]:
    left = x + 14 if dx > 0 else x - 14 - wide
    return left, y + dy - high / 2, left + wide, y + dy + high / 2


def _overlap(
    spot: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]]
) -> float:
    """Return the area that a spot shares with those taken, square pixels."""
    left, low, right, high = spot
    return sum(
        max(0.0, min(right, r) - max(left, x)) * max(0.0, min(high, t) - max(low, b))
        for x, b, r, t in taken
    )


def _outside(spot: tuple[float, float, float, float], box: object) -> float:
    """Return a penalty for a spot that leaves the picture."""
    left, low, right, high = spot
    return 50.0 * (
        max(0.0, box.x0 - left) + max(0.0, right - box.x1)  # type: ignore[attr-defined]
        + max(0.0, box.y0 - low) + max(0.0, high - box.y1)  # type: ignore[attr-defined]
    )  # fmt: skip
