"""Post what firms with a choice do elsewhere: requests withdrawn, offers declined, loans taken."""

from __future__ import annotations

from sim.core.compiled import compiled
from sim.state.choices import Awaited, Elsewhere
from sim.state.market import NO_LENDER, Market
from sim.state.open_requests import request_of
from sim.state.post.deciding import pay_out


@compiled
def _wait(awaited, slots, requests):  # type: ignore[no-untyped-def]
    for k in range(awaited.rows.size):
        at = request_of(awaited.rows[k], awaited.lender[k], slots, requests.lender)
        requests.due[at] = awaited.due[k]


def answers_awaited(market: Market, awaited: Awaited) -> None:
    """Postpone each request's answer to the month in which the firm answers all its offers."""
    _wait(awaited, market.slots, market.tables.applications)


@compiled
def _withdraw(elsewhere, lenders, firms, requests, relations, ledger):  # type: ignore[no-untyped-def]
    for k in range(elsewhere.declined.size):
        ledger.lost_to_bank[firms.run[elsewhere.declined[k]] * lenders + elsewhere.lender] += 1.0
    for k in range(elsewhere.withdrawn.size):
        i = elsewhere.withdrawn[k]
        book = firms.run[i] * lenders + elsewhere.lender
        if elsewhere.walked[k]:
            ledger.walked_away[book] += 1.0
        else:
            ledger.withdrawn[book] += 1.0
        if requests.caught[i]:
            relation = elsewhere.lender * firms.key.size + i
            relations.listed_until[relation] = elsewhere.listed_until
        requests.lender[i] = NO_LENDER


def elsewhere(market: Market, elsewhere: Elsewhere) -> None:
    """Close the requests that are withdrawn; the cost of their due diligence stays in the books.

    To be posted before the bank's own decisions, which close the requests of firms that left.
    """
    tables, requests = market.tables, market.requests_written[elsewhere.lender]
    _withdraw(elsewhere, market.lenders, tables.firms, requests, tables.relations, tables.ledger)
    pay_out(market, elsewhere.left, requests)
