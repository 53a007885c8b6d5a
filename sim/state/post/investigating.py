"""Post what a bank learned about applicants and borrowers, and what that cost."""

from __future__ import annotations

from sim.core.compiled import compiled
from sim.core.places import place
from sim.state.facts import Investigated, Learned
from sim.state.market import Market


@compiled
def _remember(rows, mean, variance, lender, slots, relations):  # type: ignore[no-untyped-def]
    for dimension in range(mean.shape[0]):  # one after the other: each lies in a piece of its own
        for k in range(rows.size):
            relation = place(lender * slots + rows[k])
            relations.belief_mean[dimension, relation] = mean[dimension, k]
            relations.belief_variance[dimension, relation] = variance[dimension, k]


@compiled
def _count_looks(learned, slots, relations):  # type: ignore[no-untyped-def]
    for k in range(learned.rows.size):
        relation = place(learned.lender * slots + learned.rows[k])
        relations.looks[relation] += 1
        relations.late_looks[relation] += learned.late[k]


def beliefs(market: Market, learned: Learned) -> None:
    """Put on file how a bank's borrowers paid, and what that taught it."""
    if not learned.rows.size:
        return
    relations, slots = market.tables.relations, market.slots
    _remember(learned.rows, learned.mean, learned.variance, learned.lender, slots, relations)
    _count_looks(learned, slots, relations)


@compiled
def _file_findings(found, places, firms, requests, officers, ledger):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    for k in range(found.rows.size):
        i = found.rows[k]
        requests.seat[i] = found.seat[k]
        requests.mean[i] = found.overall_mean[k]
        requests.variance[i] = found.overall_variance[k]
        requests.soft_mean[i] = found.soft_mean[k]
        requests.pd[i] = found.pd[k]
        requests.caught[i] = found.caught[k]
        requests.days[i] = found.days[k]
        requests.due[i] = found.due[k]
        book = firms.run[i] * lenders + found.lender
        if found.caught[k]:
            ledger.caught_lying[book] += 1.0
        ledger.file_cost[book] += found.cost[k]
        seat = (firms.run[i] * banks + found.lender) * seats + found.seat[k]
        officers.hours[seat] += found.hours[k]
    for k in range(found.favoured.size):
        i = found.favoured[k]
        ledger.favours[firms.run[i] * lenders + found.lender] += 1.0
        officers.favours[(firms.run[i] * banks + found.lender) * seats + requests.seat[i]] += 1.0


def investigations(market: Market, found: Investigated) -> None:
    """Put findings on file, charge their cost and the officers' hours."""
    tables = market.tables
    requests = market.requests_written[found.lender]
    _file_findings(found, market.places, tables.firms, requests, tables.officers, tables.ledger)
    slots, relations = market.slots, tables.relations
    _remember(found.rows, found.mean, found.variance, found.lender, slots, relations)
    if found.heard is not None:
        relation = found.lender * slots + found.rows
        relations.heard_looks[relation] = found.heard.all
        relations.heard_late[relation] = found.heard.late
