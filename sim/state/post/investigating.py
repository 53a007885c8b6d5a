"""Post what a bank learned about applicants and borrowers, and what that cost."""

from __future__ import annotations

from sim.core.compiled import compiled
from sim.core.indexing import put, unsigned
from sim.state.facts import Investigated, Learned
from sim.state.firms_view import note_statement
from sim.state.market import Market


@compiled
def _file_beliefs(rows, mean, variance, lender, slots, relations):  # type: ignore[no-untyped-def]
    for dimension in range(mean.shape[0]):  # outer loop: each dimension is contiguous in memory
        for k in range(rows.size):
            relation = unsigned(lender * slots + rows[k])
            relations.belief_mean[dimension, relation] = mean[dimension, k]
            relations.belief_variance[dimension, relation] = variance[dimension, k]


@compiled
def _count_looks(learned, slots, relations):  # type: ignore[no-untyped-def]
    for k in range(learned.rows.size):
        relation = unsigned(learned.lender * slots + learned.rows[k])
        relations.looks[relation] += 1
        relations.late_looks[relation] += learned.late[k]


@compiled
def _post_learned(learned, slots, relations):  # type: ignore[no-untyped-def]
    _file_beliefs(learned.rows, learned.mean, learned.variance, learned.lender, slots, relations)
    _count_looks(learned, slots, relations)


def beliefs(market: Market, learned: Learned) -> None:
    """Put on file how a bank's borrowers paid, and the beliefs updated by it."""
    if learned.rows.size:
        _post_learned(learned, market.slots, market.tables.relations)


@compiled
def _file_findings(found, requests):  # type: ignore[no-untyped-def]
    rows = found.rows
    put(requests.seat, rows, found.seat)
    put(requests.mean, rows, found.overall_mean)
    put(requests.variance, rows, found.overall_variance)
    put(requests.soft_mean, rows, found.soft_mean)
    put(requests.pd, rows, found.pd)
    put(requests.caught, rows, found.caught)
    put(requests.reviewed, rows, found.reviewed)
    put(requests.days, rows, found.days)
    put(requests.due, rows, found.due)


@compiled
def _charge_work(found, places, firms, officers, ledger):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    for k in range(found.rows.size):
        run = firms.run[unsigned(found.rows[k])]
        book = unsigned(run * lenders + found.lender)
        ledger.inflated[book] += found.inflated[k]
        ledger.caught_lying[book] += found.caught[k]
        ledger.file_cost[book] += found.cost[k]
        team = (run * banks + found.lender) * seats
        officers.hours[unsigned(team + found.seat[k])] += found.hours[k]
        officers.hours[unsigned(team + found.second_seat[k])] += found.second_hours[k]


@compiled
def _see_statements(found, lenders, firms, books):  # type: ignore[no-untyped-def]
    """Let the sums of one bank fade, and count the statements that it was given now."""
    for book in range(found.lender, books.cash.size, lenders):
        books.lie_chances[book] *= found.fading
        books.statements_made[book] *= found.fading
    for k in range(found.rows.size):
        book = unsigned(firms.run[unsigned(found.rows[k])] * lenders + found.lender)
        note_statement(books, book, found.finds_lie[k])


@compiled
def _count_favours(found, places, firms, requests, officers, ledger):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    for k in range(found.favoured.size):
        i = found.favoured[k]
        ledger.favours[firms.run[i] * lenders + found.lender] += 1.0
        officers.favours[(firms.run[i] * banks + found.lender) * seats + requests.seat[i]] += 1.0


@compiled
def _post(found, places, firms, requests, relations, officers, books, ledger):  # type: ignore[no-untyped-def]
    lenders, _, _ = places
    _file_findings(found, requests)
    _charge_work(found, places, firms, officers, ledger)
    _see_statements(found, lenders, firms, books)
    _count_favours(found, places, firms, requests, officers, ledger)
    _file_beliefs(found.rows, found.mean, found.variance, found.lender, firms.key.size, relations)


def investigations(market: Market, found: Investigated) -> None:
    """Put findings on file, and charge their cost and the officers' hours."""
    tables, relations = market.tables, market.tables.relations
    _post(
        found,
        market.places,
        tables.firms,
        market.requests_written[found.lender],
        relations,
        tables.officers,
        tables.books,
        tables.ledger,
    )
    if found.heard is not None:
        relation = found.lender * market.slots + found.rows
        relations.heard_looks[relation] = found.heard.all
        relations.heard_late[relation] = found.heard.late
