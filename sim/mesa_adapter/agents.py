"""Firms, loan officers and banks as Mesa agents.

A firm or an officer is a row of the market's tables; its agent is created when first accessed.  A
bank is an ordinary agent.  A user of these agents sees the whole market, hidden columns included;
what a bank may see is limited by the views that its policies receive.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.errors import RequestError, nearest
from sim.mesa_adapter.columns import ColumnAttribute, with_columns
from sim.mesa_adapter.parts import Agent
from sim.mesa_adapter.rows import RowAgent
from sim.mesa_adapter.sets import ColumnAgentSet
from sim.state.applications import APPLICATIONS
from sim.state.books import BOOKS
from sim.state.firms import FIRMS
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.officers import OFFICERS
from sim.state.relations import RELATIONS


@with_columns(firms=FIRMS, loans=LOANS, applications=APPLICATIONS)
class Firm(RowAgent):
    """A firm, with its loan and its open application.

    `lender`, `seat` and `pd` are those of the loan; the application's are `application_lender`
    and so on.  With several open applications these show the first bank's: see `application_at`.
    If `lender` is -1 there is no loan, and the loan's other columns have no meaning.
    """

    home = "firms"
    title = "firm"

    @property
    def bank(self) -> Bank | None:
        """The bank that lent to the firm; None without a loan or with one from the rival."""
        banks: list[Bank] = list(self.model.banks.values())
        return banks[self.lender] if 0 <= self.lender < len(banks) else None

    @property
    def officer(self) -> LoanOfficer | None:
        """The officer who manages the firm's loan, if a bank of the model lent it."""
        if self.bank is None:
            return None
        market = self.model.market
        row = market.officer_rows(np.array([self.row]), self.lender, market.loans.seat[[self.row]])
        officer: LoanOfficer = self.model.registries[LoanOfficer].agent(row[0])
        return None if officer.gone else officer

    def file_at(self, bank: Bank | str) -> Any:
        """Return what a bank has on file about the firm, as a named tuple of columns.

        Raises `RequestError` for a bank that the model does not have.
        """
        row, on_file = self.present_row(), self.model.market.file_of(self._lender(bank))
        values = (column[..., row] for column in on_file)
        return RELATIONS.record(*(v.copy() if v.ndim else v.item() for v in values))

    def application_at(self, bank: Bank | str) -> Any:
        """Return the firm's open application to a bank as a named tuple, or None if there is none.

        Raises `RequestError` for a bank that the model does not have.
        """
        lender, row = self._lender(bank), self.present_row()
        requests = self.model.market.requests[lender]
        if requests.lender[row] != lender:
            return None
        return APPLICATIONS.record(*(column[row].item() for column in requests))

    def _lender(self, bank: Bank | str) -> int:
        banks = self.model.banks
        name = bank.name if isinstance(bank, Bank) else bank
        if name not in banks:
            raise RequestError(f"no bank '{name}'; known: {', '.join(banks)}{nearest(name, banks)}")
        lender: int = banks[name].lender
        return lender


@with_columns(officers=OFFICERS)
class LoanOfficer(RowAgent):
    """The person in one of a bank's officer seats."""

    home = "officers"
    title = "loan officer"

    @property
    def bank(self) -> Bank:
        """The bank that employs the officer."""
        banks: list[Bank] = list(self.model.banks.values())
        return banks[self.lender]

    @property
    def borrowers(self) -> ColumnAgentSet:
        """The firms whose loans the officer manages."""
        rows = self.bank.borrowers.rows
        seats = self.model.market.loans.seat[rows]
        return ColumnAgentSet(self.model.registries[Firm], rows[seats == self.seat])


@with_columns(books=BOOKS, ledger=LEDGER)
class Bank(Agent):  # type: ignore[misc]
    """A bank: its current balance sheet, and its ledger of this month."""

    columns: dict[str, ColumnAttribute]

    def __init__(self, model: Any, name: str, lender: int):
        super().__init__(model)
        self.name = name
        self.lender = lender

    @property
    def policy(self) -> Any:
        """The policies of the bank; before month 1, those that it will have from month 1 on."""
        return self.model.simulation.banks_in(max(self.model.month, 1)).banks[self.lender].policy

    @property
    def npl_ratio(self) -> float:
        """Non-performing balance over gross loans at the month's end; 0 without loans."""
        return self.npl / self.gross_loans if self.gross_loans > 0 else 0.0

    @property
    def officers(self) -> ColumnAgentSet:
        """The officers that the bank employs."""
        registry = self.model.registries[LoanOfficer]
        rows = registry.present
        return ColumnAgentSet(registry, rows[registry.home.lender[rows] == self.lender])

    @property
    def borrowers(self) -> ColumnAgentSet:
        """The firms that owe the bank a loan."""
        return ColumnAgentSet(self.model.registries[Firm], self.model.market.live_at(self.lender))

    def present_row(self) -> int:
        """Return the bank's row in the tables of books and of the ledger."""
        return self.lender

    def remove(self) -> None:
        """Raise `RequestError`: the scenario defines the banks."""
        raise RequestError("a bank cannot be removed; leave it out of the scenario's banks")

    def __repr__(self) -> str:
        return f"<bank {self.name}>"
