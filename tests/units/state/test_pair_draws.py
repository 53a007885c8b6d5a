"""Random numbers of firms and a bank belong to pair, purpose and month, and to nothing else."""

from __future__ import annotations

import numpy as np

from sim.core.draws import pair_keys, salt, uniform
from sim.state.market import Market
from sim.state.pair_draws import pair_draws
from sim.state.purposes import Purpose

ROWS = np.array([3, 0, 7], np.int64)


def market() -> Market:
    """Return a market of two banks, whose firms have keys, in month 5."""
    made = Market([1], 10, ["north", "south"], seats=1)
    made.tables.firms.key[:] = np.arange(1, 11, dtype=np.uint64) << np.uint64(20)
    made.month = 5
    return made


def test_a_draw_is_that_of_the_pair_of_keys_and_the_salt() -> None:
    here = market()
    keys = pair_keys(here.firms.key[ROWS], here.bank_keys[1])
    expected = uniform(keys, salt(Purpose.INSPECTION, 5))
    np.testing.assert_array_equal(pair_draws(here, ROWS, 1, Purpose.INSPECTION), expected)


def test_another_bank_purpose_or_month_draws_others() -> None:
    here = market()
    before = pair_draws(here, ROWS, 0, Purpose.INSPECTION)
    others = [
        pair_draws(here, ROWS, 1, Purpose.INSPECTION),
        pair_draws(here, ROWS, 0, Purpose.PAPERS),
    ]
    here.month = 6
    others.append(pair_draws(here, ROWS, 0, Purpose.INSPECTION))
    assert all((before != other).all() for other in others)
    here.month = 5
    np.testing.assert_array_equal(pair_draws(here, ROWS[::-1], 0, Purpose.INSPECTION), before[::-1])
