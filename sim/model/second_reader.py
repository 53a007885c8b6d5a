"""Who reads a file again: a colleague of the officer who wrote it.

A second review takes officers' time, so whoever reviews is one of the team: drawn among the others,
each as often as it works, and never the writer.  What it carries out, finds and reads follows its
own diligence and power, and its hours are its own.  Where one officer is the whole team, the bank
sends a reader of usual diligence and power, and the officer spends the hours on answering.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int32s, Rows
from sim.model import reading_power
from sim.model.bank import BankAtWork
from sim.state import teams
from sim.state.market import Market
from sim.state.pair_draws import pair_draws
from sim.state.purposes import Purpose
from sim.world import conduct
from sim.world.conduct import Labour


class SecondReaders(NamedTuple):
    """The second reader of each file, (n,) each."""

    seat: Int32s  # whose hours it takes
    execution: Floats  # chance that a prescribed review is carried out
    power: Floats  # over the usual one, in what it finds
    acuity: Floats  # its precision of soft readings over the first officer's


def second_readers(
    bank: BankAtWork, market: Market, rows: Rows, first: Int32s, labour: Labour
) -> SecondReaders:
    """Return who reads the files of `rows` (n,) again, which officers of seats `first` wrote."""
    execution, alike = bank.execution(market, rows), np.ones(rows.size)
    if not bank.policy.staffing.people:
        return SecondReaders(first, execution, alike, alike)
    seat, sent = colleagues(market, rows, bank.lender, first)
    officers = market.officer_rows(rows, bank.lender, seat)
    own = conduct.by_diligence(market, officers, execution, labour)
    power = reading_power.over_usual(bank, market, officers, labour)
    reads = np.where(
        sent, labour.usual_power, reading_power.of_full(bank, market, officers, labour)
    )
    writers = market.officer_rows(rows, bank.lender, first)
    return SecondReaders(
        seat,
        np.where(sent, execution, own),
        np.where(sent, 1.0, power),
        reads / reading_power.of_full(bank, market, writers, labour),
    )


def colleagues(market: Market, rows: Rows, lender: int, first: Int32s) -> tuple[Int32s, Bools]:
    """Return a colleague's seat for each file, and where there is none, (n,) each.

    Seats are filled in order, so the writer works the part of the team's time from its seat on, and
    a place is drawn in the rest.  Where nobody else works, the seat is the writer's.
    """
    team = teams.full_time(market, lender)[market.firms.run[rows]]
    writer = np.clip(team - first, 0.0, 1.0)
    others = team - writer
    alone = others <= teams.WHOLE
    place = pair_draws(market, rows, lender, Purpose.SECOND_READER) * others
    place += np.where(place >= first, writer, 0.0)
    seat = np.minimum(place.astype(np.int32), teams.seats(team) - 1).astype(np.int32)
    return np.where(alone, first, seat).astype(np.int32), alone
