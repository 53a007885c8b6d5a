"""A table of the report: titles with units, cells as text, and the full-precision numbers.

The page shows the text of a cell; sorting and the CSV file use its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sim.report.units import decimals, interval, written

Kind = Literal["words", "number", "interval", "verdict"]
NONE = "\N{EN DASH}"  # shown where there is no number


class TableColumn(NamedTuple):
    """A column's title, unit included, and the kind of its cells."""

    title: str
    kind: Kind = "words"


class Cell(NamedTuple):
    """The text shown and the numbers behind it: none for words, two for an interval."""

    text: str
    values: tuple[float, ...] = ()


class Block(NamedTuple):
    """Rows below one heading, which may be empty."""

    heading: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class ReportTable:
    """One table; `name` is its file name."""

    name: str
    title: str
    columns: Sequence[TableColumn]
    blocks: Sequence[Block]
    note: str = ""
    folded: bool = False  # shown only on request

    @property
    def length(self) -> int:
        """The number of rows."""
        return sum(len(block.rows) for block in self.blocks)


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


def _shown(text: str) -> str:
    """Return a number with a true minus sign, or a dash where there is none."""
    if text == "-":
        return NONE
    return text.replace("-", "\N{MINUS SIGN}")
