"""A mechanism's own table follows the rows of the table that it lies over, and begins with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from tests.model.counting import counting
from tests.model.worlds import scenario


def counted(over: str, months: int = 30) -> tuple[Any, Any]:
    """Return the market of a run in which every row of a table counts its months, and the count."""
    schema, plan = counting(over)
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
