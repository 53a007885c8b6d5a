"""Caseload: how many live loans each officer manages, and how many of them are past due."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.market import Market


class Caseload(NamedTuple):
    """Counts of live loans, each (officers,) of one bank, in the order of `officers_at`."""

    loans: Floats
    late: Floats


@compiled
def _count(live, places, firms, loans, managed, late):  # type: ignore[no-untyped-def]
    _, _, seats = places
    for k in range(live.size):
        i = unsigned(live[k])
        officer = unsigned(firms.run[i] * seats + loans.seat[i])
        managed[officer] += 1
        late[officer] += loans.dpd[i] > 0


def caseload(market: Market, bank: int) -> Caseload:
    """Count the live loans of one bank by officer."""
    counted = np.zeros((2, market.officers_at(bank).size), np.int64)
    _count(market.live_at(bank), market.places, market.firms, market.loans, *counted)
    return Caseload(*counted.astype(float))
