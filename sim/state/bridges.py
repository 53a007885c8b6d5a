"""Bridge loans: what firms owe to informal lenders until a renewed loan is paid out.

They are no part of any bank's books.  At most one per firm, as loans.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int8s, Int32s
from sim.core.columns import Schema, column
from sim.core.sight import Sight
from sim.state.market import Market


class Bridges(NamedTuple):
    """One row per slot, (slots,): the firm's bridge loan, and the new loan that it waits for."""

    owed: Floats = column("f8", "CNY", "owed to a bridge lender, with the price", Sight.HIDDEN)
    since: Int32s = column("i4", "month", "month of the bridge loan", Sight.HIDDEN)
    days: Floats = column("f8", "days", "days for which its price is due next", Sight.HIDDEN)
    awaits: Bools = column("?", "flag", "waits for the new loan of a renewal", Sight.FILE)
    comes: Int32s = column("i4", "month", "month in which that loan is paid out", Sight.FILE)
    bank: Int8s = column("i1", "index", "bank that granted the renewal", Sight.FILE)


BRIDGES = Schema(Bridges, over="Firms")


def bridge_debt(market: Market) -> Floats:
    """Return what the firms of each run owe to bridge lenders, (runs,), CNY."""
    if BRIDGES not in market.own:
        return np.zeros(market.runs)
    owed: Floats = market.table(BRIDGES).owed.reshape(market.runs, -1).sum(axis=1)
    return owed
