"""An auditor beside the books: what must hold of loans, firms and requests at every month's end.

It looks at the tables and at the facts that were posted, and shares no code with the books' own
check; firms' money is followed from its sources, so what firms pay must be what banks receive.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.mechanisms import earnings
from sim.model.simulation import Simulation
from sim.state import post
from sim.state.market import NEVER, NO_LENDER, Market
from tests.steps import replace_posting


class Auditor:
    """Watches the postings of one simulation after another."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.facts: dict[str, Any] = {}
        self.closing: dict[str, np.ndarray] = {}
        heard = {
            earnings.post_earnings: "earnings",
            post.settlement: "settlement",
            post.workout: "workout",
            post.firms_replaced: "firms_replaced",
        }
        for posting, name in heard.items():
            replace_posting(monkeypatch, posting, self._listening(name, posting))

    def _listening(self, name: str, posting: Callable[..., Any]) -> Callable[..., Any]:
        def do(market: Market, fact: Any, *more: Any) -> Any:
            self.facts[name] = fact
            before = {
                "cash": market.firms.cash.copy(),
                "costs": market.firms.costs.copy(),
                "person": market.firms.generation.copy(),
                "open": market.applications.lender != NO_LENDER,
                "owes": market.loans.lender != NO_LENDER,
            }
            out = posting(market, fact, *more)
            if name == "workout":  # what leaves the book here was given up
                self.given_up = np.flatnonzero(before["owes"] & (market.loans.lender == NO_LENDER))
            if name == "firms_replaced":  # the last posting of a month: firms as they closed it
                self.closing = before
            return out

        return do

    def follow(self, simulation: Simulation) -> None:
        """Live a simulation to its horizon and hold every month to order."""
        market = simulation.market
        empty = np.zeros(0, np.int64)
        while simulation.month < simulation.scenario.horizon:
            cash = market.firms.cash.copy()
            loans, debt = market.loans, market.firms.informal_debt.copy()
            left, income = loans.project_left.copy(), loans.project_income.copy()
            waiting = market.applications.lender != NO_LENDER
            with np.errstate(invalid="ignore", divide="ignore"):
                simulation.advance()
            loans_in_order(market, simulation)
            awaited = self.facts["earnings"].awaited
            assert (left[awaited] < 0).all(), "customers pay for the first time twice"
            left[awaited] *= -1
            project = np.where(left > 0, income, 0.0)
            empty = self.no_loan_lingers(market, empty)
            self.money_is_conserved(market, simulation, cash, project, debt)
            self.no_request_is_lost(market, waiting)
            self.who_was_given_up_is_gone(market)

    def money_is_conserved(
        self,
        market: Market,
        simulation: Simulation,
        before: np.ndarray,
        project: np.ndarray,
        debt: np.ndarray,
    ) -> None:
        """Firms' cash moves by what they earned, borrowed, paid, drew and nothing else.

        Owners draw what is above their buffer, to the cent.
        """
        earned, settled = self.facts["earnings"], self.facts["settlement"]

        def per_run(amounts: np.ndarray) -> np.ndarray:
            return amounts.reshape(market.runs, -1).sum(axis=1)

        borrowed, paid = per_run(market.ledger.disbursed), per_run(market.ledger.paid_by_firms)
        flows = market.economy
        invested = simulation.scenario.firms.projects.invested * borrowed
        renewed = per_run(market.ledger.renewals) > 0.0  # put to work as far as cash allows
        assert (flows.invested <= invested + 1e-9 * borrowed + 1e-6).all()
        invested = np.where(renewed, flows.invested, invested)
        bridged = flows.bridge_lent - flows.bridge_paid
        nature = per_run(earned.operating + project)
        interest = settled.informal_rate * debt
        home = per_run(settled.informal_net - settled.owner_draw - interest)
        change = per_run(self.closing["cash"] - before)
        size = per_run(np.abs(before) + np.abs(self.closing["cash"])) + borrowed + paid
        drawn = settled.owner_draw > 0.0
        buffer = simulation.scenario.firms.treasury.owner_buffer * self.closing["costs"]
        np.testing.assert_allclose(self.closing["cash"][drawn], buffer[drawn], rtol=1e-9)
        np.testing.assert_array_less(
            np.abs(change - (nature + borrowed - invested + bridged - paid + home)),
            1e-9 * size + 1e-6,
        )

    def no_loan_lingers(self, market: Market, before: np.ndarray) -> np.ndarray:
        """A loan that was called in full leaves the book at the next instalment."""
        empty = market.live[market.loans.balance[market.live] < 0.005]
        assert not np.isin(empty, before).any()
        return empty

    def no_request_is_lost(self, market: Market, waiting: np.ndarray) -> None:
        """Requests that came in were decided, given up, or still wait at the month's end."""
        made = market.ledger.applications.sum()
        page = market.ledger
        gone = page.decided.sum() + page.walked_away.sum() + page.withdrawn.sum()
        assert waiting.sum() + made == gone + self.closing["open"].sum()

    def who_was_given_up_is_gone(self, market: Market) -> None:
        """A firm whose loan was written off, sold or collected is wound up in the same month."""
        rows = self.given_up
        same = market.firms.generation[rows] == self.closing["person"][rows]
        assert not (same & market.firms.alive[rows]).any()


def loans_in_order(market: Market, simulation: Simulation) -> None:
    """Assert what must hold of every loan at a month's end."""
    loans, firms, live = market.loans, market.firms, market.live
    cent = 0.01
    np.testing.assert_array_equal(live, np.flatnonzero(loans.lender != NO_LENDER))
    assert (loans.lender[live] < market.lenders).all()
    assert not firms.diverting[loans.lender == NO_LENDER].any()
    open_at = market.applications.lender.reshape(market.sheets, -1)
    assert (open_at[:, live] == NO_LENDER).all(), "a borrower has a request open"
    gone = ~firms.alive
    assert (loans.lender[gone] == NO_LENDER).all(), "a firm that is gone has a loan"
    assert (open_at[:, gone] == NO_LENDER).all(), "a firm that is gone asks for one"
    none = market.applications.lender == NO_LENDER
    assert (market.applications.due[~none] > market.month).all(), "a decision is overdue"

    balance, overdue = loans.balance[live], loans.overdue_principal[live]
    assert (balance >= 0.0).all()
    assert (balance <= loans.principal[live] + cent).all()
    assert (overdue >= 0.0).all()
    assert (overdue <= balance + cent).all()
    for name in ("accrued", "suspended", "collateral", "guaranteed"):
        assert (getattr(loans, name)[live] >= -cent).all(), name
    assert (loans.rate[live] >= 0.0).all()
    assert (loans.remaining[live] >= 0).all()
    assert (loans.dpd[live] % 30 == 0).all()
    assert (loans.dpd[live] >= 0).all()
    # nothing is owed late by a loan that is not behind, once a month has passed over it
    on_time = loans.dpd[live] == 0
    assert (overdue[on_time] <= cent).all()

    bad = loans.grade[live] >= 2
    np.testing.assert_array_equal(bad, loans.npl_months[live] > 0)
    assert (loans.accrued[live][bad] <= cent).all(), "a bad loan still has income receivable"
    np.testing.assert_array_equal(loans.defaulted[live], loans.default_month[live] != NEVER)
    broken = loans.dpd[live] > 90
    assert (loans.recovery_due[live][broken] > market.month).all(), "a default without workout"
    banks = [bank.policy.workout.months for bank in simulation.banks_in(market.month)]
    limit = np.array([*banks, 12])[loans.lender[live]]
    assert (loans.npl_months[live][broken] <= limit[broken]).all(), "a bad loan stays for ever"
    assert np.isfinite(firms.cash).all()
