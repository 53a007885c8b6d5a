"""Whatever may be set by hand, the books still balance; what may not be set would break them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.errors import BooksError, RequestError
from sim.mesa_adapter.lending_model import LendingModel
from sim.state.post.by_hand import FREE, set_value

COLUMNS = [(table, name) for table, free in FREE.items() for name in free]


@pytest.mark.parametrize(("table", "name"), COLUMNS)
def test_the_books_balance_whatever_is_set(table: str, name: str) -> None:
    model = LendingModel(firms__count=150, burn_in__months=4, horizon=2, check=True)
    column = getattr(getattr(model.market, table), name)
    rows = np.arange(column.shape[-1])
    allowed = FREE[table][name]
    low = 1e-3 if allowed.above else max(allowed.low, -1e6)
    for extreme in (low, min(allowed.high, 1e6)):
        value = np.full(column.shape, extreme).astype(column.dtype)
        set_value(model.market, table, name, rows, value)
        assert np.array_equal(column, value)
        model.step()
    assert np.isfinite(model.months.select_dtypes("number").to_numpy()).all()


def test_books_that_a_hand_reached_would_not_balance() -> None:
    model = LendingModel(firms__count=150, burn_in__months=4, horizon=2, check=True)
    for table, name in (("loans", "balance"), ("books", "cash"), ("books", "gross_loans")):
        with pytest.raises(RequestError, match=f"{table}.{name} cannot be set by hand"):
            set_value(model.market, table, name, np.arange(2), 0.0)
    # what the refusal spares the user: reach into the tables as only the postings may
    model.market.tables.loans.balance[model.market.live] += 1.0
    with pytest.raises(BooksError):
        model.step()


def test_unknown_tables_and_columns_are_named() -> None:
    model = LendingModel(firms__count=50, burn_in__months=0, horizon=1)
    rows = np.arange(3)
    with pytest.raises(RequestError, match="no table 'firm'"):
        set_value(model.market, "firm", "cash", rows, 0.0)
    with pytest.raises(RequestError, match="no column 'cahs'; did you mean 'cash'"):
        set_value(model.market, "firms", "cahs", rows, 0.0)
    with pytest.raises(RequestError, match="unequal length"):
        set_value(model.market, "firms", "cash", rows, [[1, 2], [3]])
