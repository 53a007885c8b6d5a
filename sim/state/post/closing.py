"""Close the month: count live loans and copy the balance sheet to the month's ledger."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.economy import SECTORS
from sim.state.facts import CountTerms
from sim.state.ledger import BALANCE_SHEET
from sim.state.loans import Security
from sim.state.market import Market

GUARANTOR, KINDS = int(Security.GUARANTOR), len(Security)


@compiled
def _count(live, lenders, terms, firms, loans, books, ledger):  # type: ignore[no-untyped-def]
    size = books.cash.size
    by_grade, by_sector = np.zeros((5, size)), np.zeros((SECTORS, size))
    books.mean_pd[:] = 0.0
    books.mean_cover[:] = 0.0
    for k in range(live.size):
        i = unsigned(live[k])
        b = unsigned(firms.run[i] * lenders + loans.lender[i])
        by_grade[loans.grade[i], b] += loans.balance[i]
        by_sector[firms.sector[i], b] += loans.balance[i]
        ledger.good_loans[b] += firms.theta[i] > 0.0
        ledger.loans[b] += 1.0
        books.mean_pd[b] += loans.pd[i]
        books.mean_cover[loans.security[i], b] += loans.collateral[i]
        if loans.guaranteed[i] > 0.0:
            books.mean_cover[GUARANTOR, b] += loans.guaranteed[i]
        ledger.suspended[b] += loans.suspended[i]
        ledger.diverting[b] += firms.diverting[i]
        if loans.defaulted[i]:
            ledger.ever_90[b] += loans.balance[i]
    for b in range(size):
        gross = max(books.gross_loans[b], 1.0)
        some = ledger.loans[b] > 0.0
        books.mean_pd[b] = books.mean_pd[b] / ledger.loans[b] if some else terms.unknown_pd
        for kind in range(KINDS):
            books.mean_cover[kind, b] /= gross
        if ledger.decided[b] > 0.0:
            took = ledger.days_to_decision[b] / ledger.decided[b]
            books.usual_days[b] += terms.reputation_weight * (took - books.usual_days[b])
        if ledger.disbursed[b] > 0.0:
            paid = ledger.rate_volume[b] / ledger.disbursed[b]
            weight = terms.reputation_weight if books.usual_rate[b] > 0.0 else 1.0
            books.usual_rate[b] += weight * (paid - books.usual_rate[b])
        for s in range(SECTORS):
            ledger.sector_concentration[b] += (by_sector[s, b] / gross) ** 2
        ledger.gross_normal[b], ledger.gross_special[b] = by_grade[0, b], by_grade[1, b]
        ledger.gross_substandard[b], ledger.gross_doubtful[b] = by_grade[2, b], by_grade[3, b]
        ledger.gross_loss[b] = by_grade[4, b]
        ledger.npl[b] = by_grade[2, b] + by_grade[3, b] + by_grade[4, b]


@compiled
def _count_good(firms, lenders, ledger):  # type: ignore[no-untyped-def]
    runs = ledger.good_firms.size // lenders
    each = firms.theta.size // runs
    for run in range(runs):
        good = 0
        for i in range(run * each, (run + 1) * each):
            good += firms.theta[i] > 0.0
        ledger.good_firms[run * lenders : (run + 1) * lenders] = good


def census(market: Market, terms: CountTerms) -> None:
    """Count live loans by class on the ledger's page."""
    tables = market.tables
    _count(
        market.live,
        market.lenders,
        terms,
        tables.firms,
        tables.loans,
        tables.books,
        tables.ledger,
    )
    tables.ledger.npl_loss[:] = terms.npl_loss
    _count_good(tables.firms, market.lenders, tables.ledger)


@compiled
def _average_officers(officers, lenders, books, ledger):  # type: ignore[no-untyped-def]
    """Average workload and effort over the active seats, by the share of full time worked."""
    worked = np.zeros(ledger.workload.size)
    for k in range(officers.run.size):
        if officers.active[k]:
            book = officers.run[k] * lenders + officers.lender[k]
            share = min(books.full_time[book] - officers.seat[k], 1.0)
            worked[book] += share
            ledger.workload[book] += share * officers.workload[k]
            ledger.effort[book] += share * officers.effort[k]
    for b in range(worked.size):
        if worked[b] > 0.0:
            ledger.workload[b] /= worked[b]
            ledger.effort[b] /= worked[b]


def balance_sheet(market: Market, month: int) -> None:
    """Copy the balance sheet and the officers' month to the ledger's page."""
    tables = market.tables
    ledger, books, officers = tables.ledger, tables.books, tables.officers
    for name in BALANCE_SHEET:
        getattr(ledger, name)[:] = getattr(books, name)
    ledger.culture[:] = books.culture
    ledger.pressure[:] = books.pressure
    ledger.barred[:] = books.barred > 0.0
    ledger.failed[:] = books.failed
    _average_officers(officers, market.lenders, books, ledger)
