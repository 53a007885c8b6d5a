"""Who gets which file: at random, or new clients to officers with more experience."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Int32s, Rows
from sim.model.bank import BankAtWork
from sim.state import teams
from sim.state.market import Market
from sim.world import conduct


def seats_for(market: Market, rows: Rows, bank: BankAtWork) -> Int32s:
    """Return the seat that handles each firm of `rows`, (n,).

    Where hard files go to the experienced, a firm that the bank has only just met is drawn within
    the time of the most experienced officers, as much of it as its like make up of this month's
    files, the others within the rest, so all have as much to do.  A part-time officer gets as many
    fewer.
    """
    run = market.firms.run[rows].astype(np.int64)
    team = teams.full_time(market, bank.lender)
    if not bank.policy.staffing.hard_to_experienced or (team <= 1.0).all() or not rows.size:
        return conduct.seat_of(market, rows, bank.lender, team[run])
    hard = market.file_of(bank.lender).known_since[rows] == market.month
    files = np.maximum(np.bincount(run, minlength=market.runs), 1)
    share = np.bincount(run[hard], minlength=market.runs) / files
    order, worked = _by_experience(market, bank)
    hours, whole = (share * team)[run], team[run]  # those for hard files, and all
    draws: Floats = conduct.seat_draws(market, rows, bank.lender)
    place = np.where(hard, draws * hours, hours + draws * (whole - hours))
    rank = np.minimum(_rank(worked, run, place), teams.seats(whole) - 1)
    chosen: Int32s = order[run, rank]
    return chosen


def _by_experience(market: Market, bank: BankAtWork) -> tuple[Int32s, Floats]:
    """Return the seats of each run, and the full time that those up to each work together.

    The most experienced officer is the first; both are (runs, seats).  Seats that nobody has are
    the last.
    """
    officers, shape = market.officers_at(bank.lender), (market.runs, market.seats)
    share = teams.shares(market, bank.lender).reshape(shape)
    known = market.officers.experience[officers].reshape(shape)
    order = np.argsort(np.where(share > 0.0, -known, np.inf), axis=1, kind="stable")
    worked = np.cumsum(np.take_along_axis(share, order, axis=1), axis=1)
    return order.astype(np.int32), worked


def _rank(worked: Floats, run: Rows, place: Floats) -> Rows:
    """Return how many entries of a run's row of `worked` (runs, seats) each place reaches, (n,)."""
    runs, seats = worked.shape
    apart = seats + 1.0  # more than any row holds, so the rows follow one another
    ascending = (worked + apart * np.arange(runs)[:, None]).reshape(-1)
    reached: Rows = np.searchsorted(ascending, place + apart * run, side="right") - run * seats
    return reached
