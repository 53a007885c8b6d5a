"""The run's own check of the books is no ornament: one yuan on one side of an entry stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.core.errors import BooksError
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state import post
from sim.state.economy import FIRM_FLOWS
from sim.state.ledger import BALANCE_SHEET, GRADES
from sim.state.market import Market
from tests.steps import replace_posting

SCENARIO = Scenario.model_validate(
    {
        "horizon": 10,
        "burn_in": {"months": 18},
        "firms": {"count": 100, "volatility": 0.3, "demand": {"need_monthly": 0.2}},
        "banks": {
            "main": {
                "approval": {"kind": "all"},
                "collateral": {"kind": "pledge", "fund_share": 0.2},
                "workout": {"kind": "write_off", "months": 3},
            }
        },
    }
)
FLOWS = [
    "disbursed", "principal_repaid", "written_off", "sold", "interest_received", "paid_by_firms",
    "collateral_receipts", "interest_accrued", "interest_forgone", "provision_charge", "claimed",
    "recoveries", "fund_receipts", "sale_price", "profit", "dividends", *GRADES,
]  # fmt: skip


def corrupt(monkeypatch: pytest.MonkeyPatch, posting: str, harm: Callable[[Market], None]) -> None:
    """Let one posting do harm besides its work, in month 5."""
    honest = getattr(post, posting)

    def dishonest(market: Market, *args: Any) -> Any:
        out = honest(market, *args)
        if market.month == 5:
            harm(market)
        return out

    replace_posting(monkeypatch, honest, dishonest)


def simulated(check: bool = True) -> Simulation:
    return Simulation(SCENARIO, [1, 2], check).run()


def test_honest_books_pass() -> None:
    assert simulated().market.live.size > 20


def test_the_check_can_be_left_out_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    checked, unchecked = simulated(), simulated(check=False)
    for one, other in zip(checked.market.ledger, unchecked.market.ledger, strict=True):
        assert one.tobytes() == other.tobytes()
    corrupt(monkeypatch, "dividends", lambda market: _add(market.tables.books.cash))
    simulated(check=False)
    with pytest.raises(BooksError):
        simulated()


@pytest.mark.parametrize("account", BALANCE_SHEET)
def test_a_stock_that_moves_by_itself_is_found(
    account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrupt(monkeypatch, "dividends", lambda market: _add(getattr(market.tables.books, account)))
    with pytest.raises(BooksError, match=r"month 5, seed 2, lender 0: .* fails by 1 CNY"):
        simulated()


@pytest.mark.parametrize("flow", FLOWS)
def test_a_flow_that_is_misstated_is_found(flow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    corrupt(monkeypatch, "dividends", lambda market: _add(getattr(market.tables.ledger, flow)))
    with pytest.raises(BooksError, match="month 5, seed 2, lender 0"):
        simulated()


@pytest.mark.parametrize("part", ["balance", "accrued", "suspended"])
def test_a_loan_that_changes_unbooked_is_found(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def harm(market: Market) -> None:
        mine = [i for i in market.live_at(0) if market.firms.run[i] == 1]
        getattr(market.tables.loans, part)[mine[0]] += 1.0

    corrupt(monkeypatch, "dividends", harm)
    with pytest.raises(BooksError, match="month 5, seed 2, lender 0"):
        simulated()


@pytest.mark.parametrize("column", ["cash", "informal_debt"])
def test_money_that_a_firm_gets_from_nobody_is_found(
    column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def harm(market: Market) -> None:
        getattr(market.tables.firms, column)[150] += 1.0  # of the second seed

    corrupt(monkeypatch, "dividends", harm)
    with pytest.raises(BooksError, match=r"month 5, seed 2: firms' .* fails by 1 CNY"):
        simulated()


@pytest.mark.parametrize("flow", FIRM_FLOWS)
def test_a_flow_of_firms_that_is_misstated_is_found(
    flow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrupt(
        monkeypatch, "dividends", lambda market: getattr(market.tables.economy, flow).put(1, -1e6)
    )
    with pytest.raises(BooksError, match="month 5, seed 2: firms'"):
        simulated()


def test_a_payment_that_no_firm_makes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both sides of a bank's books are right, and the firm keeps its money."""

    def harm(market: Market) -> None:
        tables, book = market.tables, 2
        i = next(i for i in market.live_at(0) if market.firms.run[i] == 1)
        for stock in (tables.loans.balance, tables.books.gross_loans):
            stock[i if stock is tables.loans.balance else book] -= 1.0
        tables.books.cash[book] += 1.0
        for flow in (tables.ledger.paid_by_firms, tables.ledger.principal_repaid):
            flow[book] += 1.0
        tables.cohorts.cash[0, 0, book] += 1.0

    corrupt(monkeypatch, "classes", harm)
    with pytest.raises(BooksError, match=r"month 5, seed 2: firms' cash .* fails by 1 CNY"):
        simulated()


def test_cash_that_is_noted_with_no_cohort_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    corrupt(monkeypatch, "dividends", lambda market: _add(market.tables.cohorts.cash[0, 0]))
    with pytest.raises(BooksError, match="month 5, seed 2, lender 0: cash by cohort"):
        simulated()


def test_a_number_that_is_none_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    corrupt(monkeypatch, "dividends", lambda market: market.tables.books.cash.fill(float("nan")))
    with pytest.raises(BooksError):
        simulated()


def test_a_firm_that_is_lost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    corrupt(monkeypatch, "dividends", lambda market: market.tables.firms.alive.put(150, False))
    with pytest.raises(BooksError, match="firms"):
        simulated()


def _add(account: Any) -> None:
    account[2] += 1.0  # the second seed's first book: two lenders to a run, the rival last
