"""Post the five classes; when a loan becomes non-performing, its booked interest is reversed.

Default, in the narrow sense, is the first time that a loan is more than 90 days past due; for the
full definition see `sim.state.impairment`.
"""

from __future__ import annotations

from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.credit.classes import DEFAULT_DPD, SUBSTANDARD, WORST_DPD
from sim.state.impairment import impair
from sim.state.market import NEVER, Market
from sim.state.open_requests import request_of

_D0, _D1, _D2, _D3 = (int(days) for days in WORST_DPD)
RUIN_TO_DEFAULT = 12  # months within which a default counts as begun by a ruin


@compiled
def grade_of(dpd, on_probation):  # type: ignore[no-untyped-def]
    """Return the class of a loan, 0 normal to 4 loss.

    Both arguments are numbers: days past due, and a flag.
    """
    if dpd > _D3:
        return 4
    if dpd > _D2:
        return 3
    if dpd > _D1 or on_probation:
        return SUBSTANDARD
    return 1 if dpd > _D0 else 0


@compiled
def _post(live, lenders, month, firms, loans, applications, books, ledger):  # type: ignore[no-untyped-def]
    slots = firms.key.size
    for k in range(live.size):
        i = unsigned(live[k])
        b = unsigned(firms.run[i] * lenders + loans.lender[i])
        was = loans.grade[i]
        now = grade_of(loans.dpd[i], loans.probation[i] > 0)
        if loans.probation[i] > 0:
            loans.probation[i] -= 1
        if was < SUBSTANDARD <= now:
            books.accrued[b] -= loans.accrued[i]
            ledger.interest_income[b] -= loans.accrued[i]
            loans.suspended[i] += loans.accrued[i]
            loans.accrued[i] = 0.0
            ledger.npl_new[b] += loans.balance[i]
        loans.grade[i] = now
        loans.npl_months[i] = loans.npl_months[i] + 1 if now >= SUBSTANDARD else 0
        if loans.dpd[i] > DEFAULT_DPD:
            impair(i, b, False, loans, ledger)
        if loans.dpd[i] > DEFAULT_DPD and not loans.defaulted[i]:
            loans.defaulted[i] = True
            loans.default_month[i] = month
            ledger.defaults[b] += 1.0
            if loans.first_alarm[i] != NEVER:
                ledger.warned_defaults[b] += 1.0
                ledger.warning_lead[b] += month - loans.first_alarm[i]
            if month - firms.last_ruin[i] <= RUIN_TO_DEFAULT:
                ledger.defaults_ruined[b] += 1.0
            ledger.defaulted_exposure[b] += loans.balance[i]
            if firms.diverting[i] or loans.diverted[i] != NEVER:
                ledger.defaults_diverting[b] += 1.0
            elif applications.lying[request_of(live[k], loans.asked[i], slots, applications.lying)]:
                ledger.defaults_lying[b] += 1.0


def classes(market: Market, month: int) -> None:
    """Grade every live loan, and note the loans that default."""
    tables = market.tables
    _post(
        market.live,
        market.lenders,
        month,
        tables.firms,
        tables.loans,
        tables.applications,
        tables.books,
        tables.ledger,
    )
