"""What compiled passes count is what array code counts from the same columns."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.state.caseload import caseload
from sim.state.economy import SECTORS
from sim.state.exposure import gross_by_sector
from sim.state.market import Market
from sim.state.open_requests import requests_due
from tests.model.worlds import advanced, scenario


@pytest.fixture(scope="module")
def market() -> Market:
    """Give a market of two banks in two runs, with loans, arrears and open requests."""
    banks = {"main": {}, "second": {}}
    world = scenario(
        firms={"count": 500, "demand": {"need_monthly": 0.2}}, banks=banks, burn_in={"months": 0}
    )
    return advanced(Simulation(world, [1, 2]), 14).market


@pytest.mark.parametrize("bank", [0, 1])
def test_loans_are_counted_by_officer(market: Market, bank: int) -> None:
    loans, live = market.loans, np.flatnonzero(market.loans.lender == bank)
    found = caseload(market, bank)
    rows = market.officers_at(bank)
    assert found.loans.sum() == live.size
    assert found.late.sum() == (loans.dpd[live] > 0).sum() > 0
    for k, row in enumerate(rows):
        his = live[market.firms.run[live] == market.officers.run[row]]
        his = his[loans.seat[his] == market.officers.seat[row]]
        assert found.loans[k] == his.size
        assert found.late[k] == (loans.dpd[his] > 0).sum()
    assert (market.officers.lender[rows] == bank).all()


@pytest.mark.parametrize("bank", [0, 1])
def test_exposure_is_added_up_by_sector(market: Market, bank: int) -> None:
    found = gross_by_sector(market, bank)
    owes = market.loans.lender == bank
    for sector in range(SECTORS):
        for run in range(market.runs):
            these = owes & (market.firms.sector == sector) & (market.firms.run == run)
            expected = market.loans.balance[these].sum()
            assert found[sector, run] == pytest.approx(expected, rel=1e-12)
    book = market.books.gross_loans[market.books_at(bank)]
    np.testing.assert_allclose(found.sum(axis=0), book, rtol=1e-12)


@pytest.mark.parametrize("bank", [0, 1])
def test_requests_that_are_due_are_found(market: Market, bank: int) -> None:
    requests = market.applications
    open_here = requests.lender == bank
    assert open_here.any()
    assert requests_due(market, bank).size == 0  # all that were due have been decided
    market.month += 1
    try:
        expected = np.flatnonzero(open_here & (requests.due <= market.month))
        assert expected.size
        np.testing.assert_array_equal(requests_due(market, bank), expected)
    finally:
        market.month -= 1
