"""Being caught: what happens to a borrower whose misuse of a loan is proven.

The loan bears the penalty rate from then on (`repayment`), the bureau lists the firm at every bank,
and a bank that calls takes what cash the firm has; the rest is overdue at once.  What was taken out
does not come back.  Whose misuse is proven, a bank's checks and actions decide (`Proven`).
"""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.money import PENNY
from sim.state.books import BOOKS
from sim.state.cohorts import COHORTS
from sim.state.firms import FIRMS
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.market import NEVER
from sim.state.month import Month
from sim.state.posting import Written, posting
from sim.state.receipts import days_past_due, pay_off, receive
from sim.state.regulation import Regulation
from sim.state.relations import RELATIONS


class Proven(NamedTuple):
    """Borrowers of one bank whose misuse of their loan was proven."""

    lender: int
    rows: Rows  # (n,)
    called: bool  # whether the bank calls their loans
    listed_until: int  # month until which no bank takes their applications


def proven(month: Month, lender: int, rows: Rows, called: bool) -> Proven:
    """Return the fact that misuse was proven of the loans in `rows` (n,)."""
    return Proven(lender, rows, called, month.number + month.params(Regulation).listed_months)


@compiled
def _catch(i, proven, month, places, firms, loans, relations, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    """Post one proven case, of the firm in slot `i`; a second proof ends the misuse and no more."""
    lenders, banks, _ = places
    if loans.lender[i] != proven.lender:
        return
    firms.diverting[i] = False
    loans.alarm[i] = NEVER  # the warning is answered
    loans.founded[i] = False
    loans.evidence[i] = 0
    loans.answered[i] = month
    loans.trouble_answered[i] = month
    if loans.proven[i] != NEVER:
        return
    b = unsigned(firms.run[i] * lenders + proven.lender)
    loans.proven[i] = month
    ledger.caught[b] += 1.0
    ledger.diversions_stopped[b] += 1.0
    for bank in range(banks):
        relation = bank * firms.key.size + i
        relations.listed_until[relation] = max(
            relations.listed_until[relation], proven.listed_until
        )
    if not proven.called:
        return
    due = loans.balance[i] + loans.accrued[i] + loans.suspended[i]
    loans.overdue_principal[i] = loans.balance[i]
    loans.remaining[i] = 0
    paid = min(due, max(firms.cash[i], 0.0))
    loans.behind[i] = max(loans.behind[i], 1.0) * (due - paid) / max(due, PENNY)
    loans.dpd[i] = days_past_due(loans.behind[i])
    receive(i, b, paid, month, firms, loans, books, ledger, cohorts)
    if due - paid < PENNY:
        pay_off(i, b, firms, loans, books, ledger)


@compiled
def _catch_all(proven, month, places, firms, loans, relations, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    for k in range(proven.rows.size):
        i = unsigned(proven.rows[k])
        _catch(i, proven, month, places, firms, loans, relations, books, ledger, cohorts)


@posting(writes=(FIRMS, LOANS, RELATIONS, BOOKS, LEDGER, COHORTS))
def post_proven(to: Written, proven: Proven) -> None:
    """Post proven cases: penalty rate, listing and, where the bank calls, what the firm can pay."""
    if not proven.rows.size:
        return
    _catch_all(
        proven,
        to.market.month,
        to.market.places,
        to.table(FIRMS),
        to.table(LOANS),
        to.table(RELATIONS),
        to.table(BOOKS),
        to.table(LEDGER),
        to.table(COHORTS).cash,
    )
    to.refresh_live()
