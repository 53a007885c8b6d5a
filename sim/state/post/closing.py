"""Close the month: count what stands on the books and copy it to the ledger's page."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.state.economy import SECTORS
from sim.state.ledger import BALANCE_SHEET
from sim.state.market import Market

UNKNOWN = 0.04  # A: estimate that a lender starts from before it has a loan


@compiled
def _count(live, lenders, firms, loans, books, ledger, by_grade, by_sector):  # type: ignore[no-untyped-def]
    for k in range(live.size):
        i = live[k]
        b = firms.run[i] * lenders + loans.lender[i]
        by_grade[loans.grade[i], b] += loans.balance[i]
        by_sector[firms.sector[i], b] += loans.balance[i]
        if firms.theta[i] > 0.0:
            ledger.good_loans[b] += 1.0
        ledger.loans[b] += 1.0
        books.mean_pd[b] += loans.pd[i]
        books.mean_cover[b] += loans.collateral[i]
        ledger.suspended[b] += loans.suspended[i]
        if firms.diverting[i]:
            ledger.diverting[b] += 1.0
        if loans.defaulted[i]:
            ledger.ever_90[b] += loans.balance[i]


@compiled
def _count_good(firms, lenders, good_firms):  # type: ignore[no-untyped-def]
    for i in range(firms.theta.size):
        if firms.theta[i] > 0.0:
            first = firms.run[i] * lenders
            for b in range(first, first + lenders):
                good_firms[b] += 1.0


def census(market: Market) -> None:
    """Count live loans by class on the ledger's page."""
    tables = market.tables
    page, books = tables.ledger, tables.books
    by_grade = np.zeros((5, books.cash.size))
    by_sector = np.zeros((SECTORS, books.cash.size))
    books.mean_pd[:] = 0.0
    books.mean_cover[:] = 0.0
    _count(
        market.live, market.lenders, tables.firms, tables.loans, books, page, by_grade, by_sector
    )
    shares = by_sector / np.maximum(books.gross_loans, 1.0)
    page.sector_concentration[:] = (shares**2).sum(axis=0)
    _count_good(tables.firms, market.lenders, page.good_firms)
    books.mean_pd[:] = np.where(page.loans > 0, books.mean_pd / np.maximum(page.loans, 1), UNKNOWN)
    books.mean_cover[:] /= np.maximum(books.gross_loans, 1.0)
    page.gross_normal[:], page.gross_special[:] = by_grade[0], by_grade[1]
    page.gross_substandard[:], page.gross_doubtful[:] = by_grade[2], by_grade[3]
    page.gross_loss[:] = by_grade[4]
    page.npl[:] = by_grade[2] + by_grade[3] + by_grade[4]


def balance_sheet(market: Market) -> None:
    """Copy the balance sheet and the officers' month to the ledger's page."""
    tables = market.tables
    page, books, officers = tables.ledger, tables.books, tables.officers
    for name in BALANCE_SHEET:
        getattr(page, name)[:] = getattr(books, name)
    page.culture[:] = books.culture
    page.pressure[:] = books.pressure
    book = officers.run * np.int64(market.lenders) + officers.lender
    active = officers.active.astype(float)
    seats = np.maximum(np.bincount(book, weights=active, minlength=books.cash.size), 1.0)
    for name in ("workload", "effort"):
        mean = np.bincount(book, weights=active * getattr(officers, name), minlength=seats.size)
        getattr(page, name)[:] = mean / seats
