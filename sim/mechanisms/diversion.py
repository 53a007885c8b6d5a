"""Moral hazard: whether a borrower diverts the loan to private use, given how it is monitored.

It diverts if and only if its gain exceeds its expected loss, weighted by its resistance kappa:
(1-P) omega L (.03 + .2 max(r - .06, 0)) > kappa (P (.2 L + h C + h_G G) + R),
P = 1 - (1-p)^remaining with p the borrowers' running estimate of monthly detection, R = .02 L times
years known, C the collateral and G a guarantor's liability.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.params import Params, param
from sim.state.firms import FIRMS
from sim.state.month import Month
from sim.state.posting import Written, posting


class Temptation(Params):
    """What a borrower gains by diverting, and what it can lose."""

    omega: float = param(
        1.0, unit="ratio", ge=0, le=1000, source="C: 5-8 % of live loans divert",
        meaning="scale of the gain from diverting; 0 switches moral hazard off",
    )  # fmt: skip
    gain: float = param(
        0.03, unit="share of loan", ge=0, le=1, source="A: private benefit",
        meaning="gain from diverting at low rates",
    )  # fmt: skip
    gain_by_rate: float = param(
        0.2, unit="share of loan per unit of rate", ge=0, le=10, source="A: debt overhang",
        meaning="increase in the gain with the rate above 6 %",
    )  # fmt: skip
    overhang_above: float = param(
        0.06, unit="1/year", ge=0, le=1, source="A: a usual rate",
        meaning="contract rate above which the gain from diverting rises",
    )  # fmt: skip
    penalty: float = param(
        0.2, unit="share of loan", ge=0, le=10, source="A: penalty rate, call, lost credit",
        meaning="loss of the borrower when diversion is detected",
    )  # fmt: skip
    pledge_loss: float = param(
        0.2, unit="share of collateral", ge=0, le=1, source="A: loss in a forced sale",
        meaning="h: share of the collateral's value lost when diversion is detected",
    )  # fmt: skip
    guarantor_loss: float = param(
        0.3, unit="share of guaranteed amount", ge=0, le=10, source="A: social cost of default",
        meaning="h_G: what a borrower loses with its guarantors when diversion is detected",
    )  # fmt: skip
    relationship: float = param(
        0.02, unit="share of loan per year", ge=0, le=1, source="A: value of relationship lending",
        meaning="value of the relationship per year that bank and firm know each other",
    )  # fmt: skip


class Tempted(NamedTuple):
    """Borrowers that begin to divert their loan."""

    rows: Rows  # (n,)


@compiled
def tempted(loan, rate, pledged, remaining, detection, years_known, opportunism, rule):  # type: ignore[no-untyped-def]
    """Tell whether a borrower diverts; `pledged` is h C + h_G G, CNY.

    All arguments are numbers, of one loan.
    """
    found_out = 1.0 - (1.0 - detection) ** max(remaining, 1)
    overhang = max(rate - rule.overhang_above, 0.0)
    gain = (1.0 - found_out) * rule.omega * loan * (rule.gain + rule.gain_by_rate * overhang)
    fear = found_out * (rule.penalty * loan + pledged)
    stake = rule.relationship * loan * years_known
    return gain > opportunism * (fear + stake)


@compiled
def all_tempted(live, firms, loans, books, relations, lenders, month, rule):  # type: ignore[no-untyped-def]
    """Return, for each live loan, whether its borrower starts to divert now, (n,), as `live`."""
    begins = np.zeros(live.size, np.bool_)
    for k in range(live.size):
        i = unsigned(live[k])
        if firms.diverting[i] or loans.remaining[i] == 0:
            continue
        lender = loans.lender[i]
        years = 0.0
        if lender < lenders - 1:  # the rival keeps no relations
            years = (month - relations.known_since[int(lender) * firms.key.size + live[k]]) / 12.0
        begins[k] = tempted(
            loans.balance[i],
            loans.rate[i],
            rule.pledge_loss * loans.collateral[i] + rule.guarantor_loss * loans.guaranteed[i],
            loans.remaining[i],
            books.detection[firms.run[i] * lenders + lender],
            years,
            firms.opportunism[i],
            rule,
        )
    return begins


def divert(month: Month) -> Tempted | None:
    """Find the borrowers that begin to divert their loan."""
    market, temptation = month.market, month.params(Temptation)
    if temptation.omega == 0.0:
        return None
    begins = all_tempted(
        market.live,
        market.firms,
        market.loans,
        market.books,
        market.relations,
        market.lenders,
        month.number,
        temptation.record(),
    )
    return Tempted(market.live[begins])


@posting(writes=(FIRMS,))
def post_diversion(to: Written, tempted: Tempted) -> None:
    """Mark the borrowers that begin to divert."""
    to.table(FIRMS).diverting[tempted.rows] = True
