"""Post what a bank learned about applicants and borrowers, and what that cost."""

from __future__ import annotations

from sim.state.facts import Investigated, Learned
from sim.state.market import Market
from sim.state.post.by_book import add_up


def beliefs(market: Market, learned: Learned) -> None:
    """Put on file what payments taught a bank about its borrowers."""
    relation = learned.lender * market.slots + learned.rows
    market.tables.relations.belief_mean[:, relation] = learned.mean
    market.tables.relations.belief_variance[:, relation] = learned.variance


def investigations(market: Market, found: Investigated) -> None:
    """Put findings on file, charge their cost and the officers' hours."""
    tables, rows = market.tables, found.rows
    table = tables.applications
    table.seat[rows] = found.seat
    table.mean[rows] = found.overall_mean
    table.variance[rows] = found.overall_variance
    table.soft_mean[rows] = found.soft_mean
    table.pd[rows] = found.pd
    table.caught[rows] = found.caught
    table.days[rows] = found.days
    table.due[rows] = found.due
    relation = found.lender * market.slots + rows
    tables.relations.belief_mean[:, relation] = found.mean
    tables.relations.belief_variance[:, relation] = found.variance
    book = market.books_of(rows, found.lender)
    ledger = tables.ledger
    add_up(ledger.caught_lying, book[found.caught], 1.0)
    add_up(ledger.file_cost, book, found.cost)
    add_up(tables.officers.hours, market.officer_rows(rows, found.lender, found.seat), found.hours)
