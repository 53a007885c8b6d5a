"""A table as a value: titles with units, cells as text with the numbers behind them, and a note.

Every renderer shows the text of a cell; sorting and the CSV file use its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sim.results.units import decimals, interval, written

Kind = Literal["words", "number", "interval", "verdict"]
NONE = "\N{EN DASH}"  # shown where there is no number


class Column(NamedTuple):
    """A column's title, unit included, and the kind of its cells."""

    title: str
    kind: Kind = "words"


class Cell(NamedTuple):
    """The text shown and the numbers behind it: none for words, two for an interval."""

    text: str
    values: tuple[float, ...] = ()


Row = Sequence[Cell]
EMPTY = (Cell(NONE), Cell(NONE))  # instead of a number and its interval
USUAL = "95 % interval"  # paired t, of a difference or a mean
CHANGES = ("Change", "Difference", "Contribution", "Vanished")  # words in titles of changes
DECIDING = "Deciding interval"
DECIDED_BY = "Deciding interval: paired t, as wide as the correction for several rows (Holm) asks."


class Block(NamedTuple):
    """Rows below one heading, which may be empty."""

    heading: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Table:
    """One table; `name` is its file name.

    `lead` is the number of blocks that are shown at once, the others only on request; None shows
    all.
    """

    name: str
    title: str
    columns: Sequence[Column]
    blocks: Sequence[Block]
    note: str = ""
    lead: int | None = None

    @property
    def matters(self) -> int | None:
        """The column that matters most after the first: a change, else a verdict.

        A narrow screen shows it next to the names of the rows; None where it, or a verdict, is
        there already.
        """
        if len(self.columns) > 1 and self.columns[1].kind == "verdict":
            return None
        verdicts = [at for at, one in enumerate(self.columns) if one.kind == "verdict"]
        changes = [at for at, one in enumerate(self.columns) if _is_change(one)]
        at = next(iter([*changes, *verdicts]), 1)
        return at if at > 1 else None

    @property
    def length(self) -> int:
        """The number of rows."""
        return sum(len(block.rows) for block in self.blocks)

    @property
    def first(self) -> Sequence[Block]:
        """The blocks shown at once."""
        return self.blocks[: self.lead]

    @property
    def rest(self) -> Sequence[Block]:
        """The blocks shown only on request."""
        return [] if self.lead is None else self.blocks[self.lead :]


def _is_change(column: Column) -> bool:
    """Return whether a column has changes: of numbers, and titled so."""
    first = column.title.partition(":")[0].partition(",")[0].split()
    return column.kind == "number" and bool(set(first) & set(CHANGES))


def estimates(*titles: str, interval: str = USUAL) -> list[Column]:
    """Return the columns of numbers with an interval each."""
    found = [(Column(title, "number"), Column(interval, "interval")) for title in titles]
    return [column for pair in found for column in pair]


def words(text: object) -> Cell:
    """Return a text cell."""
    return Cell(str(text))


def number(value: float, digits: int, sign: bool = False) -> Cell:
    """Return a cell with one number."""
    return Cell(_shown(written(value, digits, sign)), (float(value),))


def ends(low: float, high: float, digits: int, sign: bool = False) -> Cell:
    """Return a cell with an interval."""
    return Cell(_shown(interval(low, high, digits, sign)), (float(low), float(high)))


def estimate(
    value: float, low: float, high: float, sign: bool = False, level: float | None = None
) -> tuple[Cell, Cell]:
    """Return a number and its interval, rounded to the digits that are known."""
    digits = decimals((high - low) / 2, value if level is None else level)
    return number(value, digits, sign), ends(low, high, digits, sign)


def stored(row: Any, name: str, factor: float = 1.0, sign: bool = False) -> tuple[Cell, Cell]:
    """Return a number of a stored row and its interval, `low` to `high`, in the unit shown."""
    value, low, high = (factor * float(row[key]) for key in (name, "low", "high"))
    return estimate(value, low, high, sign)


def decided(row: Any, factor: float, level: float | None = None) -> tuple[Cell, Cell]:
    """Return a stored difference and the interval that decides its verdict, in the unit shown.

    The digits are those of the 95 % interval, or three of `level` where there is none.
    """
    names = ("difference", "low", "high", "decides_low", "decides_high")
    value, low, high, first, last = (factor * float(row[name]) for name in names)
    digits = decimals((high - low) / 2, value if level is None else level)
    return number(value, digits, sign=True), ends(first, last, digits, sign=True)


def _shown(text: str) -> str:
    """Return a number with a true minus sign, or a dash where there is none."""
    if text == "-":
        return NONE
    return text.replace("-", "\N{MINUS SIGN}")
