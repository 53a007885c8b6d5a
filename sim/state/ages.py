"""Ages: how many loans of each term stand at each age, and how many of them default now."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
from sim.core.places import place
from sim.state.facts import Floats, Rows
from sim.state.market import Market
from sim.state.open_requests import request_of

AGES = 61  # months of age that lifetimes and vintages are kept for, five years from grant


@compiled
def _count(live, month, lenders, tenors, firms, loans, requests, sound, defaults):  # type: ignore[no-untyped-def]
    new, n = np.empty_like(live), 0
    for k in range(live.size):
        i = place(live[k])
        age = month - loans.granted[i]
        if loans.default_month[i] == month:
            new[n] = live[k]
            n += 1
        if loans.granted[i] < 1 or age >= AGES:
            continue  # a loan that lives longer is no longer watched
        at = request_of(live[k], loans.asked[i], firms.key.size, requests.tenor)
        term = np.searchsorted(tenors, requests.tenor[at])  # of the loan's request
        book = place(firms.run[i] * lenders + loans.lender[i])
        if not loans.defaulted[i]:
            sound[term, age, book] += 1.0
        elif loans.default_month[i] == month:
            defaults[term, age, book] += 1.0
    return new[:n].copy()


class ByAge(NamedTuple):
    """Loans granted from month 1 on, both (terms, AGES, books), and all that default now, (n,)."""

    sound: Floats  # that have not defaulted
    defaults: Floats  # that default now
    new: Rows  # slots of loans of any month that default now


def by_age(market: Market, tenors: NDArray[np.integer]) -> ByAge:
    """Count live loans by term, one of `tenors` (terms,) months, and age."""
    sound, defaults = np.zeros((2, tenors.size, AGES, market.runs * market.lenders))
    new = _count(
        market.live,
        market.month,
        market.lenders,
        tenors,
        market.firms,
        market.loans,
        market.applications,
        sound,
        defaults,
    )
    return ByAge(sound, defaults, new)
