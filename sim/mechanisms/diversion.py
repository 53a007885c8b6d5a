"""Moral hazard: whether a borrower diverts the loan to private use, given what it fears.

It diverts if and only if its gain exceeds its expected loss, weighted by its resistance kappa: in
the first months after the grant, with U the value still in use, B the balance, n the months left,
b = .03 + .2 max(r - .06, 0), and P = 1 - (1-p)^n:
(1-P) omega d U b > kappa P ([.5 r n/24 + .10 called + listed (.10 + .02 min(years, 3))] B
+ called (h C + h_G G)), with p the firms' view of the chance of a proven case at this bank; the
owner then takes out the share d of what the loan was put into.  What is feared is what happens: a
pledge and guarantors are lost only where the loan is called, the relationship only where the firm
is listed.  Firms that guarantee the loan count as guarantors where the bank calls them to pay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.months import monthly_fading
from sim.state.books import BOOKS
from sim.state.firms import FIRMS
from sim.state.firms_view import view_of
from sim.state.loans import LOANS
from sim.state.market import NEVER
from sim.state.month import Month
from sim.state.posting import Written, posting
from sim.state.regulation import Regulation
from sim.state.temptation import Temptation


class Tempted(NamedTuple):
    """Borrowers that begin to divert their loan."""

    rows: Rows  # (n,)
    taken: float  # share of the loan's use that is taken out
    fading: float  # share of what firms saw that still counts a month later


class Consequences(NamedTuple):
    """What happens to a borrower whose misuse is proven."""

    extra_rate: float  # penalty rate less contract rate, relative to the contract rate
    listed: float  # 1 where the bureau lists it, else 0
    called: Floats  # (lenders,) 1 where the lender calls its loan, else 0
    partners: Floats  # (n,) CNY, what firms would owe that the lender then calls; (0,) if nothing


@compiled
def takes_out(in_use, loan, years_known, opportunism, view, called, after, rule):  # type: ignore[no-untyped-def]
    """Tell whether an owner takes out a share of what the loan is in use for.

    `in_use` is the value in use, CNY; `loan` holds balance (CNY), rate (1/year), h C + h_G G (CNY)
    and months left; `called` is 1 or 0, and `after` the other `Consequences`.  All are numbers.
    """
    balance, rate, pledged, remaining = loan
    found_out = 1.0 - (1.0 - view) ** remaining
    overhang = max(rate - rule.overhang_above, 0.0)
    benefit = rule.omega * rule.taken * in_use * (rule.gain + rule.gain_by_rate * overhang)
    share = after.extra_rate * rate * 0.5 * remaining / 12.0  # the balance halves on average
    relationship = rule.relationship * min(years_known, rule.relationship_years)
    share += rule.call_loss * called + after.listed * (rule.listing_loss + relationship)
    lost = share * balance + called * pledged
    return (1.0 - found_out) * benefit > opportunism * found_out * lost


@compiled
def all_tempted(live, firms, loans, books, relations, lenders, month, rule, after):  # type: ignore[no-untyped-def]
    """Return, for each live loan, whether its borrower starts to divert now, (n,), as `live`."""
    partners = after.partners.size > 0
    begins = np.zeros(live.size, np.bool_)
    for k in range(live.size):
        i = unsigned(live[k])
        if firms.diverting[i] or loans.remaining[i] == 0:
            continue
        if loans.diverted[i] != NEVER or month - loans.granted[i] > rule.window:
            continue
        lender = loans.lender[i]
        years = 0.0
        if lender < lenders - 1:  # the rival keeps no relations
            years = (month - relations.known_since[int(lender) * firms.key.size + live[k]]) / 12.0
        pledged = rule.pledge_loss * loans.collateral[i] + rule.guarantor_loss * loans.guaranteed[i]
        if partners:
            pledged += rule.guarantor_loss * after.partners[k]
        book = firms.run[i] * lenders + lender
        begins[k] = takes_out(
            loans.project_income[i] * abs(loans.project_left[i]),
            (loans.balance[i], loans.rate[i], pledged, loans.remaining[i]),
            years,
            firms.opportunism[i],
            view_of(books.proof_chances[book], books.loan_months[book]),
            after.called[lender],
            after,
            rule,
        )
    return begins


def divert(
    month: Month, called: Floats | None = None, partners: Callable[[Rows], Floats] | None = None
) -> Tempted | None:
    """Find the borrowers that begin to divert their loan.

    `called` (lenders,) is 1 where a lender calls a loan whose misuse is proven, else 0; None where
    no lender does.  `partners` tells what other firms would have to pay as guarantors of loans,
    (n,) CNY; None where none would.  What they would pay only deters, so it is asked for those who
    would divert if nobody paid.
    """
    market, temptation = month.market, month.params(Temptation)
    if temptation.omega == 0.0:
        return None
    law = month.params(Regulation)
    after = Consequences(
        extra_rate=law.misuse_penalty - 1.0,
        listed=float(law.listed_months > 0),
        called=np.zeros(market.lenders) if called is None else called,
        partners=np.empty(0),
    )
    rows = _tempted_of(market.live, month, after)
    if partners is not None and rows.size:
        rows = _tempted_of(rows, month, after._replace(partners=partners(rows)))
    return Tempted(rows, temptation.taken, monthly_fading(temptation.half_life))


def _tempted_of(rows: Rows, month: Month, after: Consequences) -> Rows:
    """Return which of the loans `rows` (n,) their borrowers start to divert, (m,)."""
    market = month.market
    begins = all_tempted(
        rows,
        market.firms,
        market.loans,
        market.books,
        market.relations,
        market.lenders,
        month.number,
        month.params(Temptation).record(),
        after,
    )
    return np.asarray(rows[begins])


@compiled
def _take_out(rows, taken, month, loans):  # type: ignore[no-untyped-def]
    for k in range(rows.size):
        i = unsigned(rows[k])
        loans.project_income[i] *= 1.0 - taken
        loans.diverted[i] = month


@compiled
def _count_loan_months(live, fading, lenders, firms, loans, books):  # type: ignore[no-untyped-def]
    """Let the banks' sums fade, and count the months of the loans that are live now."""
    for b in range(books.cash.size):
        if b % lenders < lenders - 1:  # nobody sees what becomes of the rival's
            books.proof_chances[b] *= fading
            books.loan_months[b] *= fading
    for k in range(live.size):
        i = unsigned(live[k])
        if loans.lender[i] < lenders - 1:
            books.loan_months[firms.run[i] * lenders + loans.lender[i]] += 1.0


@posting(writes=(FIRMS, LOANS, BOOKS))
def post_diversion(to: Written, tempted: Tempted) -> None:
    """Mark the borrowers that begin to divert; what their loans were put into brings in less."""
    firms, market = to.table(FIRMS), to.market
    firms.diverting[tempted.rows] = True
    loans = to.table(LOANS)
    _take_out(tempted.rows, tempted.taken, market.month, loans)
    _count_loan_months(market.live, tempted.fading, market.lenders, firms, loans, to.table(BOOKS))
