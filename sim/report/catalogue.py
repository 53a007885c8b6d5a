"""The one list of figures: what each shows, how to read it, and which stored tables it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sim.report.over_time import npl_and_profit
from sim.report.shelf import Shelf
from sim.report.where_it_holds import where_it_holds

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Draw = Callable[[Shelf, str], "tuple[Figure, pd.DataFrame]"]


class Entry(NamedTuple):
    """One figure: `needs` names tables; a `paired` one is drawn for each arm beside the base."""

    name: str
    title: str
    caption: str
    needs: tuple[str, ...]
    draw: Draw  # of a folder and an arm, "" where it is not paired
    importance: int  # 1 comes first
    paired: bool = False


def _npl_and_profit(shelf: Shelf, other: str) -> tuple[Figure, pd.DataFrame]:
    return npl_and_profit(shelf.table("months"), shelf.base, other, shelf.titles)


def _where(shelf: Shelf, _: str) -> tuple[Figure, pd.DataFrame]:
    maps = shelf.table("regime_maps")
    return where_it_holds(maps), maps


FIGURES: tuple[Entry, ...] = (
    Entry(
        "npl_and_profit",
        "Bad loans and profit over time",
        "Above, each arm's mean over all seeds with its 95 % interval; below, the difference "
        "within each seed, which is what to judge by.",
        ("months",), _npl_and_profit, 2, paired=True,
    ),
    Entry(
        "regime_maps",
        "Where each claim holds",
        "Each map varies the two quantities that matter most for a claim; numbers and shade give "
        "the share of worlds in which it holds.",
        ("regime_maps",), _where, 13,
    ),
)  # fmt: skip
