"""Seats of a bank as large as a nation's: every one of them has a number of its own."""

from __future__ import annotations

import numpy as np

from sim.model.simulation import Simulation
from sim.state.applications import APPLICATIONS
from sim.state.loans import LOANS
from sim.state.officers import OFFICERS
from sim.state.post.entering import MOST_SEATS
from sim.world.conduct import seat_of
from tests.model.worlds import scenario


def test_seats_are_drawn_among_all_of_them() -> None:
    market = Simulation(scenario(firms={"count": 2_000}), [1]).market
    seat = seat_of(market, np.arange(2_000), 0, MOST_SEATS)
    assert seat.min() >= 0
    assert 0.99 * MOST_SEATS < seat.max() < MOST_SEATS


def test_columns_hold_the_number_of_the_last_seat() -> None:
    for schema in (APPLICATIONS, LOANS, OFFICERS):
        assert np.iinfo(schema["seat"].dtype).max >= MOST_SEATS
