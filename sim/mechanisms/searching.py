"""What its search brings a bank: applicants, loans and open files, as fading means of its months.

x' = x + w (x_now - x),  w = 1 - 2^(-1 / half-life): all begin at 0, and plans read ratios of them.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Floats
from sim.core.columns import Schema, column
from sim.core.sight import Sight
from sim.state.posting import Written, posting


class Search(NamedTuple):
    """One row per book, (books,)."""

    reach: Floats = column("f8", "ratio", "fading mean of its reach, 1 usual", Sight.FILE)
    came: Floats = column("f8", "1/month", "fading mean of applications received", Sight.FILE)
    lent: Floats = column("f8", "CNY a month", "fading mean of lending to them", Sight.FILE)
    waiting: Floats = column(
        "f8", "files", "fading mean of files open at the month's end", Sight.FILE
    )


SEARCH = Schema(Search, over="Books")


class Searched(NamedTuple):
    """What one bank's search brought this month, (runs,) each, as in the table."""

    lender: int
    weight: Floats  # of this month in the means
    reach: Floats
    came: Floats
    lent: Floats  # CNY
    waiting: Floats


@posting(writes=(SEARCH,))
def post_searched(to: Written, found: Searched) -> None:
    """Let the means move toward what this month was."""
    table, mine = to.table(SEARCH), to.market.books_at(found.lender)
    for name in Search._fields:
        mean: Floats = getattr(table, name)
        mean[mine] += found.weight * (getattr(found, name) - mean[mine])
