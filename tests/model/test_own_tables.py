"""A mechanism's own table follows the rows of the table that it lies over, and begins with them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.core.columns import Schema, column
from sim.core.sight import Sight
from sim.model import month
from sim.model.plan import Step
from sim.model.plan_edits import with_step
from sim.model.simulation import Simulation
from sim.state.month import Month
from sim.state.posting import Written, posting
from tests.model.worlds import scenario


class Counts(NamedTuple):
    """How many months each row has been there."""

    months: Floats = column("f8", "months", "months since the row began", Sight.HIDDEN)


def counted(over: str, months: int = 30) -> tuple[Any, Any]:
    """Return the market of a run in which every row of a table counts its months, and the count."""
    schema = Schema(Counts, over=over)

    def every_row(month: Month) -> int:
        """Find that a month has passed."""
        return month.number

    @posting(writes=(schema,))
    def count(to: Written, passed: int) -> None:
        """Add a month to every row."""
        to.table(schema).months[:] += 1.0

    plan = with_step(month.PLAN, Step("count", every_row, count), before="book check")
    world = scenario({}, firms={"count": 80, "volatility": 0.3}, horizon=months)
    market = Simulation(world, [3], plan=plan).run().market
    return market, market.table(schema).months


def test_over_firms_and_relations_it_begins_with_the_firm() -> None:
    market, by_firm = counted("Firms")
    same, by_relation = counted("Relations")
    age = market.month - np.maximum(market.firms.born, market.first_month - 1)
    assert (market.firms.generation > 0).any(), "no firm was replaced"
    np.testing.assert_array_equal(by_firm, age)
    assert by_relation.size == by_firm.size * len(same.banks)
    np.testing.assert_array_equal(by_relation, np.tile(age, len(same.banks)))


def test_over_loans_it_begins_with_the_loan() -> None:
    market, by_loan = counted("Loans")
    live = market.live
    assert live.size > 5
    # the month of the loan counts too, since the loan was paid out before the count
    np.testing.assert_array_equal(by_loan[live], market.month - market.loans.granted[live] + 1)


def test_over_the_books_it_is_there_for_good() -> None:
    market, by_book = counted("Books", months=5)
    assert by_book.size == market.runs * market.lenders
    assert np.unique(by_book).tolist() == [market.month - market.first_month + 1]


def test_a_table_over_no_table_is_refused() -> None:
    with pytest.raises(KeyError, match="Nothing"):
        counted("Nothing", months=1)
