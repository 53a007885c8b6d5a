"""Open warnings: on which loans one can be raised, and which are old enough to be acted on.

A warning raised by chance keeps out no look: what one sees later counts as if there had been none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.market import NEVER, Market


class Room(NamedTuple):
    """On which of some loans a warning stands or can be raised, (n,) each."""

    standing: Bools  # one that saw trouble stands
    free: Bools  # one can be raised on trouble that is seen
    idle: Bools  # one can be raised by chance, too


def room(market: Market, live: Rows, quiet_months: float) -> Room:
    """Return on which of the loans `live` (n,) of one bank a warning can be raised.

    None can on a loan in default, or within `quiet_months` after an action on one that saw trouble;
    by chance, none can within such a time after any action.
    """
    return Room(*_room(live, market.loans, market.month, quiet_months))


@compiled
def _room(live, loans, month, quiet_months):  # type: ignore[no-untyped-def]
    standing, free = np.empty(live.size, np.bool_), np.empty(live.size, np.bool_)
    idle = np.empty(live.size, np.bool_)
    for k in range(live.size):
        i = unsigned(live[k])
        standing[k] = loans.founded[i]
        answered = month - loans.trouble_answered[i] < quiet_months
        free[k] = not (standing[k] or answered or loans.defaulted[i])
        asked = month - loans.answered[i] < quiet_months
        idle[k] = free[k] and loans.alarm[i] == NEVER and not asked
    return standing, free, idle


@compiled
def _warned(live, alarm, month, lag):  # type: ignore[no-untyped-def]
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        raised = alarm[unsigned(live[k])]
        rows[unsigned(n)] = live[k]
        n += (raised != NEVER) & (month - raised >= lag)
    return rows[:n].copy()


def warned_since(market: Market, bank: int, lag: float) -> Rows:
    """Return the slots whose loan from a bank has had a warning for `lag` months, ascending."""
    rows: Rows = _warned(market.live_at(bank), market.loans.alarm, market.month, lag)
    return rows
