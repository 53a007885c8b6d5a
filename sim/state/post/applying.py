"""Post new applications."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.places import place
from sim.state.facts import Demanded
from sim.state.market import NEVER, Market
from sim.state.open_requests import request_of


@compiled
def _open_requests(demanded, month, lenders, firms, requests, relations, ledger):  # type: ignore[no-untyped-def]
    for k in range(demanded.rows.size):
        i, bank = demanded.rows[k], np.int64(demanded.lender[k])
        relation = place(bank * firms.key.size + i)
        at = request_of(i, bank, firms.key.size, requests.lender)
        requests.lender[at] = bank
        requests.made[at] = month
        requests.due[at] = NEVER
        requests.days[at] = demanded.arrival_day[k]  # until the steps to come are known
        requests.amount[at] = demanded.amount[k]
        requests.tenor[at] = demanded.tenor[k]
        requests.stated_turnover[at] = demanded.stated_turnover[k]
        requests.lying[at] = demanded.lying[k]
        requests.caught[at] = False
        if relations.known_since[relation] == NEVER:
            relations.known_since[relation] = month
        ledger.applications[firms.run[place(i)] * lenders + bank] += 1.0


def applications(market: Market, demanded: Demanded) -> None:
    """Open a request for every firm in need; a bank that meets a firm first notes the month."""
    tables = market.tables
    _open_requests(
        demanded,
        market.month,
        market.lenders,
        tables.firms,
        tables.applications,
        tables.relations,
        tables.ledger,
    )
