"""How loans move between the five classes in a year: one matrix per arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import RequestError
from sim.report.figures.arms_by_seed import chosen_arms
from sim.report.figures.canvas import new_figure, note
from sim.report.figures.renewals import renewed, repaid_and_renewed
from sim.report.figures.style import INK, house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLASSES = ("normal", "special mention", "substandard", "doubtful", "loss")
ENDS = (*CLASSES, "collected or written off", "repaid")
AGAIN = "repaid and renewed"  # a further end, where loans are renewed
YEAR = 12
FEW = 20  # loans below which a row's shares are too imprecise


def class_moves(
    loans: pd.DataFrame,
    events: pd.DataFrame,
    arms: Sequence[str],
    titles: Mapping[str, str],
    last: int,
) -> tuple[Figure, pd.DataFrame]:
    """Draw where loans of each class are a year later, in per cent of the class's loans.

    `loans` has arm, seed, bank, loan, firm, `granted`, `ended`, `first_class`, `decision` and
    `outcome`; `events` the class moves.  A loan that was repaid and renewed is shown apart from
    those repaid for good, since another took its place.  Raises `RequestError`
    unless `last`, the last month, is a year or later.
    """
    import pandas as pd

    if last <= YEAR:
        raise RequestError("a year's moves need more than twelve months")
    shown = chosen_arms(loans, arms)
    starts = range(last % YEAR or YEAR, last - YEAR + 1, YEAR)
    tables = []
    ends = [*ENDS, AGAIN] if renewed(loans[loans["arm"].isin(shown)]).any() else list(ENDS)
    for arm in shown:
        held = loans[(loans["arm"] == arm) & (loans["answer"] == "taken")]
        held = held.assign(again=repaid_and_renewed(held) if AGAIN in ends else False)
        moves = events[(events["arm"] == arm) & (events["kind"] == "class")]
        years = [_moved(held, moves, start, start + YEAR, ends) for start in starts]
        long = pd.concat(years).groupby(["was", "now"], sort=False)["loans"].sum().reset_index()
        whole = long.groupby("was")["loans"].transform("sum")
        long["share"] = 100.0 * long["loans"] / whole.where(whole > 0)
        tables.append(long.assign(arm=arm, unit="% of the class's loans"))
    numbers = pd.concat(tables, ignore_index=True)
    with house_style():
        across = min(len(shown), 2)
        down = -(-len(shown) // across)
        figure, panels = new_figure(3.9 * down + 0.3, down, across)
        for axes, arm in zip(panels, shown, strict=False):
            _panel(axes, numbers[numbers["arm"] == arm], titles.get(arm, arm), ends)
        for axes in panels[len(shown) :]:
            axes.set_axis_off()
        panels[0].set_ylabel("Class at the start of a year (number of loans)")
        note(
            figure,
            "Each row adds up to 100 %: the classes of a class's loans twelve months later, all "
            "years and seeds pooled. Darker means more loans. In brackets: number of loans in the "
            f"row; rows with fewer than {FEW} loans are grey, since they are imprecise.",
        )
    return figure, numbers[["arm", "was", "now", "share", "loans", "unit"]]


def _moved(
    held: pd.DataFrame, moves: pd.DataFrame, start: int, end: int, ends: Sequence[str]
) -> pd.DataFrame:
    """Count loans by class at the end of one month (was) and of a later one (now)."""
    import pandas as pd

    keys = ["seed", "bank", "loan"]
    ended = held["ended"].fillna(10**6)
    live = held[(held["granted"] <= start) & (ended > start)].set_index(keys)
    was, now = (_class_at(live, moves, month, keys) for month in (start, end))
    gone = live["ended"].fillna(10**6) <= end
    now = now.mask(gone & (live["outcome"] == "default"), "collected or written off")
    now = now.mask(gone & (live["outcome"] != "default"), "repaid")
    now = now.mask(gone & (live["outcome"] != "default") & live["again"], AGAIN)
    cells = pd.MultiIndex.from_product([CLASSES, ends], names=["was", "now"])
    found = pd.DataFrame({"was": was, "now": now}).groupby(["was", "now"]).size()
    return found.reindex(cells, fill_value=0).rename("loans").reset_index()


def _class_at(live: pd.DataFrame, moves: pd.DataFrame, month: int, keys: list[str]) -> pd.Series:
    """Return each loan's class at the end of a month: that after its last move."""
    latest = moves[moves["month"] <= month].sort_values("month").groupby(keys)["now"].last()
    return latest.reindex(live.index).fillna(live["first_class"]).astype(object)


def _panel(axes: Axes, numbers: pd.DataFrame, title: str, ends: Sequence[str]) -> None:
    wide = numbers.pivot(index="was", columns="now", values="share").loc[list(CLASSES), list(ends)]
    loans = numbers.groupby("was")["loans"].sum().loc[list(CLASSES)]
    values = wide.to_numpy(dtype=float)
    enough = (loans >= FEW).to_numpy()[:, None]
    axes.imshow(np.where(enough, values, np.nan), aspect="auto", cmap="Blues", vmin=0, vmax=100)
    axes.set_facecolor("#F2F2F2")
    for (row, column), value in np.ndenumerate(values):
        if value == value:
            on_dark = value > 60 and enough[row, 0]
            axes.text(
                column, row, f"{value:.0f}" if value >= 0.5 or value == 0 else "<1",
                ha="center", va="center", color="white" if on_dark else INK,
                alpha=1.0 if value > 0 and enough[row, 0] else 0.45,
            )  # fmt: skip
    short = [end.replace(" ", "\n") for end in ends]
    axes.set_xticks(range(len(ends)), short, fontsize=7.2 if len(ends) == len(ENDS) else 6.2)
    axes.set_yticks(
        range(len(CLASSES)),
        [f"{name.replace(' ', chr(10))}\n({loans[name]:,})" for name in CLASSES],
        fontsize=8.0,
    )
    axes.grid(False)
    axes.set_title(title)
    axes.set_xlabel("A year later, %")
