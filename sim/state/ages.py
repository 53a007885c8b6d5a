"""Ages: how many loans of each term are at each age, and how many of them default this month."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats, Integers, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.market import Market
from sim.state.open_requests import request_of

AGES = 61  # months of age that lifetimes and vintages cover, five years from grant
EARLY = 18  # months of age until which a default counts as early


@compiled
def _count(live, month, lenders, term_of, firms, loans, requests, sound, defaults):  # type: ignore[no-untyped-def]
    new, n = np.empty_like(live), 0
    for k in range(live.size):
        i = unsigned(live[k])
        defaults_now = loans.default_month[i] == month
        new[unsigned(n)] = live[k]
        n += defaults_now
        age = month - loans.granted[i]
        # an older loan is no longer counted
        counted = (loans.granted[i] >= 1) & (age < AGES)
        at = request_of(live[k], loans.asked[i], firms.key.size, requests.tenor)
        term = term_of[unsigned(min(requests.tenor[unsigned(at)], term_of.size - 1))]
        book = unsigned(firms.run[i] * lenders + loans.lender[i])
        since = unsigned(min(age, AGES - 1))
        sound[term, since, book] += counted & (not loans.defaulted[i])
        if defaults_now and counted:
            defaults[term, since, book] += 1.0
    return new[:n].copy()


class ByAge(NamedTuple):
    """Counts of loans granted from month 1 on, and all loans that default this month."""

    sound: Floats  # (terms, AGES, books) live loans that have not defaulted
    defaults: Floats  # (terms, AGES, books) loans that default this month
    new: Rows  # (n,) slots of loans, of any month of grant, that default this month


@functools.cache
def _by_length(tenors: tuple[int, ...]) -> NDArray[np.uint64]:
    """Return the index in `tenors` for each term in months, shape (longest term + 1,)."""
    return np.searchsorted(tenors, np.arange(tenors[-1] + 1)).astype(np.uint64)


def by_age(market: Market, tenors: Integers) -> ByAge:
    """Count live loans by term and age; `tenors` (terms,) are the terms in months, ascending."""
    sound, defaults = np.zeros((2, tenors.size, AGES, market.runs * market.lenders))
    new = _count(
        market.live,
        market.month,
        market.lenders,
        _by_length(tuple(tenors.tolist())),
        market.firms,
        market.loans,
        market.applications,
        sound,
        defaults,
    )
    return ByAge(sound, defaults, new)
