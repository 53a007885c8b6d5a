"""Who gets which file: at random, or new clients to officers with more experience."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Int32s, Rows
from sim.model.bank import BankAtWork
from sim.state.market import Market
from sim.world import conduct


def seats_for(market: Market, rows: Rows, bank: BankAtWork) -> Int32s:
    """Return the seat that handles each firm of `rows`, (n,).

    Where hard files go to the experienced, a firm that the bank has only just met is drawn among as
    many of the most experienced officers as its like make up of this month's files, the others
    among the rest, so all have as much to do.
    """
    seats = bank.seats
    if not bank.policy.staffing.hard_to_experienced or seats == 1 or not rows.size:
        return conduct.seat_of(market, rows, bank.lender, seats)
    run = market.firms.run[rows]
    hard = market.file_of(bank.lender).known_since[rows] == market.month
    files = np.maximum(np.bincount(run, minlength=market.runs), 1)
    share = np.bincount(run[hard], minlength=market.runs) / files
    first = np.clip(np.rint(seats * share), 1, seats - 1)[run]
    draws: Floats = conduct.seat_draws(market, rows, bank.lender)
    rank = np.where(hard, draws * first, first + draws * (seats - first)).astype(np.int64)
    chosen: Int32s = _by_experience(market, bank)[run, rank]
    return chosen


def _by_experience(market: Market, bank: BankAtWork) -> Int32s:
    """Return the seats of each run, the most experienced officer first, (runs, seats)."""
    officers = market.officers_at(bank.lender).reshape(market.runs, market.seats)
    known = market.officers.experience[officers[:, : bank.seats]]
    return np.argsort(-known, axis=1, kind="stable").astype(np.int32)
