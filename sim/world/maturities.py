"""Maturities: which loans are repaid at once when they end, and who expects to need another.

A short loan for working capital ends in one payment by custom; which one is the firm's own draw.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Int8s, Int16s, Rows
from sim.core.draws import salt
from sim.core.random_numbers import uniforms_at
from sim.credit.schedule import Schedule
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world.demand import Demand


def schedules(market: Market, rows: Rows, schedule: Int8s, term: Int16s, demand: Demand) -> Int8s:
    """Return the schedules of new loans, (n,): that of the product, or one payment at maturity.

    `schedule` (n,) is that of the product and `term` (n,) in months.  The custom replaces payment
    in parts.
    """
    if demand.bullet_share == 0.0:
        return schedule
    drawn = uniforms_at(market.firms.key, rows, salt(Purpose.BULLET, market.month))
    ends_at_once = (drawn < demand.bullet_share) & (term <= demand.bullet_term)
    ends_at_once &= (schedule == Schedule.LEVEL) | (schedule == Schedule.SEASONAL)
    return np.where(ends_at_once, Schedule.BULLET, schedule).astype(np.int8)
