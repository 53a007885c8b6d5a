"""Facts about shadow loans: their start, and a month of them.  Shapes as in `sim.state.facts`."""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Bools, Floats, Int8s, Rows


class ShadowsBegun(NamedTuple):
    """New shadow loans of one bank's applicants."""

    lender: int
    rows: Rows  # (n,)
    good: Bools  # (n,) true default probability below the one at which the rate breaks even
    approved: Bools  # (n,)
    booked: Bools  # (n,)
    rate: Floats  # (n,) 1/year
    schedule: Int8s  # (n,)
    season_shift: Int8s  # (n,) months
    project_yield: Floats  # (n,) 1/year
    invested: float  # share of the loan put into the project


class ShadowsMoved(NamedTuple):
    """A month of shadow loans."""

    rows: Rows  # (n,)
    cash: Floats  # (n,) CNY
    balance: Floats  # (n,) CNY
    overdue: Floats  # (n,) CNY
    behind: Floats  # (n,) months
    defaulted: Bools  # (n,)
    ended: Bools  # (n,)
