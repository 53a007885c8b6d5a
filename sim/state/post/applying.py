"""Post new applications."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import fill, put, unsigned
from sim.state.facts import Demanded
from sim.state.market import NEVER, Market
from sim.state.open_requests import request_of


@compiled
def _open_requests(demanded, month, slots, requests):  # type: ignore[no-untyped-def]
    at = np.empty_like(demanded.rows)
    for k in range(at.size):
        at[k] = request_of(demanded.rows[k], demanded.lender[k], slots, requests.lender)
    put(requests.lender, at, demanded.lender)
    fill(requests.made, at, month)
    fill(requests.due, at, NEVER)
    put(requests.days, at, demanded.arrival_day)  # until the days of due diligence are known
    put(requests.amount, at, demanded.amount)
    put(requests.tenor, at, demanded.tenor)
    put(requests.stated_turnover, at, demanded.stated_turnover)
    put(requests.lying, at, demanded.lying)
    fill(requests.caught, at, False)
    fill(requests.reviewed, at, False)


@compiled
def _count_applications(demanded, month, lenders, firms, relations, ledger):  # type: ignore[no-untyped-def]
    for k in range(demanded.rows.size):
        i, bank = demanded.rows[k], np.int64(demanded.lender[k])
        relation = unsigned(bank * firms.key.size + i)
        if relations.known_since[relation] == NEVER:
            relations.known_since[relation] = month
        ledger.applications[unsigned(firms.run[unsigned(i)] * lenders + bank)] += 1.0


@compiled
def _post(demanded, month, lenders, firms, requests, relations, ledger):  # type: ignore[no-untyped-def]
    _open_requests(demanded, month, firms.key.size, requests)
    _count_applications(demanded, month, lenders, firms, relations, ledger)


def applications(market: Market, demanded: Demanded) -> None:
    """Open a request for every firm in need of credit; record the month of a first contact."""
    tables = market.tables
    _post(
        demanded,
        market.month,
        market.lenders,
        tables.firms,
        tables.applications,
        tables.relations,
        tables.ledger,
    )
