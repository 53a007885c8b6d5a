"""Ages: how many loans of each term stand at each age, and how many of them default now."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
from sim.state.facts import Floats
from sim.state.market import Market
from sim.state.open_requests import request_of

AGES = 61  # months of age that lifetimes and vintages are kept for, five years from grant


@compiled
def _count(live, month, lenders, tenors, firms, loans, requests, sound, defaults):  # type: ignore[no-untyped-def]
    for k in range(live.size):
        i = live[k]
        age = month - loans.granted[i]
        if loans.granted[i] < 1 or age >= AGES:
            continue  # a loan that lives longer is no longer watched
        at = request_of(i, loans.asked[i], firms.key.size, requests.tenor)
        term = np.searchsorted(tenors, requests.tenor[at])  # of the loan's request
        book = firms.run[i] * lenders + loans.lender[i]
        if not loans.defaulted[i]:
            sound[term, age, book] += 1.0
        elif loans.default_month[i] == month:
            defaults[term, age, book] += 1.0


def by_age(market: Market, tenors: NDArray[np.integer]) -> Floats:
    """Count loans granted from month 1 on that have not defaulted, and those that do now.

    Shape (2, terms, AGES, books), the terms being `tenors` (terms,) months.
    """
    counted = np.zeros((2, tenors.size, AGES, market.runs * market.lenders))
    _count(
        market.live,
        market.month,
        market.lenders,
        tenors,
        market.firms,
        market.loans,
        market.applications,
        counted[0],
        counted[1],
    )
    return counted
