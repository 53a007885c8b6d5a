"""Ages: how many loans of each term stand at each age, and how many of them default now."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.facts import Floats, Rows
from sim.state.market import Market
from sim.state.open_requests import request_of

AGES = 61  # months of age that lifetimes and vintages are kept for, five years from grant


@compiled
def _count(live, month, lenders, term_of, firms, loans, requests, sound, defaults):  # type: ignore[no-untyped-def]
    new, n = np.empty_like(live), 0
    for k in range(live.size):
        i = unsigned(live[k])
        defaults_now = loans.default_month[i] == month
        new[unsigned(n)] = live[k]
        n += defaults_now
        age = month - loans.granted[i]
        # a loan that lives longer is no longer watched
        watched = (loans.granted[i] >= 1) & (age < AGES)
        at = request_of(live[k], loans.asked[i], firms.key.size, requests.tenor)
        term = term_of[unsigned(min(requests.tenor[unsigned(at)], term_of.size - 1))]
        book = unsigned(firms.run[i] * lenders + loans.lender[i])
        since = unsigned(min(age, AGES - 1))
        sound[term, since, book] += watched & (not loans.defaulted[i])
        if defaults_now and watched:
            defaults[term, since, book] += 1.0
    return new[:n].copy()


class ByAge(NamedTuple):
    """Loans granted from month 1 on, both (terms, AGES, books), and all that default now, (n,)."""

    sound: Floats  # that have not defaulted
    defaults: Floats  # that default now
    new: Rows  # slots of loans of any month that default now


@functools.cache
def _by_length(tenors: tuple[int, ...]) -> NDArray[np.uint64]:
    """Return which of `tenors` a loan of each length in months has, (longest + 1,)."""
    return np.searchsorted(tenors, np.arange(tenors[-1] + 1)).astype(np.uint64)


def by_age(market: Market, tenors: NDArray[np.integer]) -> ByAge:
    """Count live loans by term, one of `tenors` (terms,) months that ascend, and age."""
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
