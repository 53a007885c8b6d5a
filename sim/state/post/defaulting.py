"""Post workouts: receipts on the book, write-offs, and receipts on loans already written off."""

from __future__ import annotations

from sim.core.compiled import compiled
from sim.state.books import WORKOUT_MONTHS
from sim.state.cohorts import note_cash
from sim.state.facts import Resolved, WorkoutTerms
from sim.state.firms import WOUND_UP
from sim.state.impairment import impair
from sim.state.market import NEVER, NO_LENDER, Market
from sim.state.post.live_loans import refresh_live


def resolutions(market: Market, resolved: Resolved) -> None:
    """Post when the workouts opened this month will pay, and how much."""
    loans = market.tables.loans
    loans.recovery_due[resolved.rows] = resolved.due
    loans.recovery[resolved.rows] = resolved.share


@compiled
def _close(i, b, cash, price, firms, loans, books, ledger, cap):  # type: ignore[no-untyped-def]
    """Take a loan off the book: `cash` CNY is collected now, the rest written off or sold.

    A loan with a `price` (CNY) above 0 is sold for it.  The guarantee fund bears the share of the
    loss that was agreed and paid for when the loan was granted, until its claims over all loans
    reach `cap` times the fees paid to it so far.  Returns the claim on the fund, CNY.
    """
    impair(i, b, False, loans, ledger)
    repaid = min(cash, loans.balance[i])
    lost = loans.balance[i] - repaid
    left_in_fund = max(cap * books.fund_fees_so_far[b] - books.fund_claims_so_far[b], 0.0)
    claim = min(loans.fund_share[i] * (lost - price), left_in_fund)
    books.fund_claims_so_far[b] += claim
    books.cash[b] += repaid + price
    books.provisions[b] += price
    ledger.sale_price[b] += price
    books.gross_loans[b] -= loans.balance[i]
    books.fund_claims[b] += claim
    books.provisions[b] -= lost - claim
    books.accrued[b] -= loans.accrued[i]
    ledger.interest_income[b] -= loans.accrued[i]
    ledger.interest_forgone[b] += loans.accrued[i] + loans.suspended[i]
    ledger.collateral_receipts[b] += repaid
    ledger.principal_repaid[b] += repaid
    if price > 0.0:
        ledger.sold[b] += lost
    else:
        ledger.written_off[b] += lost
    ledger.claimed[b] += claim
    loans.balance[i] = 0.0
    loans.accrued[i] = 0.0
    loans.suspended[i] = 0.0
    loans.overdue_principal[i] = 0.0
    loans.lender[i] = NO_LENDER
    loans.project_left[i] = 0
    firms.diverting[i] = False
    firms.low_months[i] = WOUND_UP
    return claim


@compiled
def _post(live, lenders, terms, month, firms, loans, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    cost = terms.cost
    for k in range(live.size):
        i = live[k]
        if not loans.defaulted[i]:
            continue
        lender = loans.lender[i]
        b = firms.run[i] * lenders + lender
        if loans.dpd[i] == 0:
            loans.recovery_due[i] = NEVER  # cured: any workout is cancelled
        if loans.recovery_due[i] != NEVER:
            exposure = loans.balance[i]
            cap = terms.fund_cap[lender]
            if month >= loans.recovery_due[i]:
                cash = loans.recovery[i] * exposure
                charge = cost * cash
                books.cash[b] -= charge
                ledger.workout_cost[b] += charge
                ledger.recovered_share_exposure[b] += loans.recovery[i] * exposure
                ledger.closed_exposure[b] += exposure
                claim = _close(i, b, cash, 0.0, firms, loans, books, ledger, cap)
                note_cash(cohorts, month, loans.granted[i], b, cash - charge + claim, 0)
            elif loans.npl_months[i] > terms.months[lender]:
                ledger.recovered_share_exposure[b] += loans.recovery[i] * exposure
                ledger.closed_exposure[b] += exposure
                price = terms.sale_price[lender] * exposure
                if price == 0.0:
                    ahead = min(loans.recovery_due[i] - month, WORKOUT_MONTHS - 1)
                    slot = (month + ahead) % WORKOUT_MONTHS
                    later = loans.recovery[i] * exposure
                    books.workout_due[slot, b] += later
                    note_cash(cohorts, month, loans.granted[i], b, (1.0 - cost) * later, ahead)
                claim = _close(i, b, 0.0, price, firms, loans, books, ledger, cap)
                note_cash(cohorts, month, loans.granted[i], b, price + claim, 0)


def workout(market: Market, terms: WorkoutTerms) -> None:
    """Post workout receipts and write-offs of every lender.

    Future receipts on a loan written off are added to its cohort at once, at the age of receipt.
    """
    tables, month, cost = market.tables, market.month, terms.cost
    books, ledger = tables.books, tables.ledger
    receipts = books.workout_due[month % WORKOUT_MONTHS]
    ledger.recoveries[:] += receipts
    ledger.workout_cost[:] += cost * receipts
    books.cash[:] += (1.0 - cost) * receipts
    books.provisions[:] += receipts
    receipts[:] = 0.0
    paid = terms.fund_pays * books.fund_claims
    books.fund_claims[:] -= paid
    books.cash[:] += paid
    ledger.fund_receipts[:] += paid
    _post(
        market.live,
        market.lenders,
        terms,
        month,
        tables.firms,
        tables.loans,
        books,
        ledger,
        market.tables.cohorts.cash,
    )
    refresh_live(market)
