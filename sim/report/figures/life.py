"""One firm's life in one picture: cash and loan, days past due, and the belief beside the truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.model.detail.life import Life
from sim.report.figures.canvas import broken, new_figure, note
from sim.report.figures.style import BAND, BASE, INK, OTHER, QUIET, house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAMES = {  # events that are marked, with their names
    "applied": "applies", "granted": "loan paid out", "refused": "refused", "diverted": "diverts",
    "ruin": "ruined by a shock", "warning": "warning", "action": "bank acts",
    "misuse proven": "misuse proven", "default": "default", "repaid": "repaid",
    "worked out": "written off", "receipt": "receipt on the loan written off",
    "renewed": "renewed",
}  # fmt: skip
THOUSAND = 1_000.0
TITLE_LETTERS = 100  # characters in a line of the title


class Marked(NamedTuple):
    """An event on the time axis."""

    month: int
    kind: str


def marked(life: Life, first: int, last: int) -> list[Marked]:
    """Return the events that the picture marks, in their order."""
    found = []
    for event in life.events:
        refused = event.kind == "decided" and not (event.facts["approved"] or event.facts["walked"])
        kind = "refused" if refused else event.kind
        if kind in NAMES and first <= event.month <= last:
            found.append(Marked(event.month, kind))
    return list(dict.fromkeys(found))


def draw_life(life: Life, first: int, last: int, title: str) -> tuple[Figure, pd.DataFrame]:
    """Draw months `first` to `last` of a firm's life; return the figure and the numbers in it."""
    import pandas as pd

    numbers = pd.DataFrame([state for state in life.months if first <= state["month"] <= last])
    events = marked(life, first, last)
    with house_style():
        figure, (money, late, quality) = new_figure(
            8.2, 3, 1, sharex=True, height_ratios=[2.4, 1, 1.8]
        )
        month = numbers["month"].to_numpy()
        money.set_title(f"{broken(title, TITLE_LETTERS)}\n\nCash and loan, thousand CNY")
        _money(money, numbers)
        late.set_title("Days past due")
        late.step(month, numbers["dpd"], where="mid", color=INK, linewidth=1.6)
        late.axhline(90, color=QUIET, linewidth=0.9, linestyle=":")
        late.annotate(
            "default beyond 90 days", (month[0], 90), xytext=(3, 2), textcoords="offset points",
            fontsize=8, color=QUIET,
        )  # fmt: skip
        late.set_ylim(0, max(120.0, 1.1 * float(numbers["dpd"].max())))
        quality.set_title("Quality of the firm, standard deviations (0: the average firm)")
        _quality(quality, numbers)
        quality.set_xlabel("Month")
        for axes in (money, late, quality):
            axes.margins(x=0.02)
            for one in {event.month for event in events}:
                axes.axvline(one, color=QUIET, linewidth=0.6, alpha=0.5, zorder=0)
        _numbered(money, [event.month for event in events])
        note(figure, _key(events))
    return figure, numbers


def _money(axes: Axes, numbers: pd.DataFrame) -> None:
    month = numbers["month"].to_numpy()
    series = (("cash", "Cash of the firm (the bank does not see it)", OTHER),
              ("balance", "Loan still owed", BASE))  # fmt: skip
    for name, label, pen in series:
        axes.step(
            month, numbers[name] / THOUSAND, where="mid", color=pen.colour, linestyle=pen.line,
            linewidth=pen.width, label=label, marker=None if len(month) > 1 else "o",
        )  # fmt: skip
    axes.axhline(0.0, color=QUIET, linewidth=0.8)
    axes.legend(frameon=False, loc="lower right", bbox_to_anchor=(1.0, 0.995), ncols=2)


def _quality(axes: Axes, numbers: pd.DataFrame) -> None:
    from matplotlib.ticker import MaxNLocator

    month = numbers["month"].to_numpy()
    known = numbers["known"].to_numpy(dtype=bool)
    belief = np.where(known, numbers["belief"], np.nan)
    spread = np.where(known, numbers["belief_sd"], np.nan)
    axes.fill_between(
        month, belief - spread, belief + spread, step="mid", color=BASE.colour, alpha=BAND,
        linewidth=0, label="\N{PLUS-MINUS SIGN} one standard deviation of the belief",
    )  # fmt: skip
    axes.step(
        month, belief, where="mid", color=BASE.colour, linestyle=BASE.line, linewidth=BASE.width,
        label="What the bank believes",
    )  # fmt: skip
    axes.step(
        month, numbers["quality"], where="mid", color=OTHER.colour, linewidth=OTHER.width,
        label="True quality (hidden)",
    )  # fmt: skip
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.18 * (high - low))  # room for the legend
    axes.legend(frameon=False, loc="upper left", ncols=3)


def _numbered(axes: Axes, months: Sequence[int]) -> None:
    """Write the numbers of the events of each month above the panel, one above the other."""
    at: dict[int, list[int]] = {}
    for number, month in enumerate(months, 1):
        at.setdefault(month, []).append(number)
    low, high = axes.get_ylim()
    deepest = max(map(len, at.values()), default=0)
    axes.set_ylim(low, high + 0.075 * deepest * (high - low))
    top = axes.get_ylim()[1]
    for month, numbers in at.items():
        axes.annotate(
            "\n".join(map(str, numbers)), (month, top), xytext=(0, -2),
            textcoords="offset points", ha="center", va="top", fontsize=7.5, fontweight="bold",
            color="white", linespacing=1.1,
            bbox={"boxstyle": "round,pad=0.25", "facecolor": INK, "edgecolor": "none"},
        )  # fmt: skip


def _key(events: Sequence[Marked]) -> str:
    words = [
        f"{number} {NAMES[event.kind]} (month {event.month})"
        for number, event in enumerate(events, 1)
    ]
    return f"{'; '.join(words)}. " if words else ""
