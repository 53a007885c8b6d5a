"""A market of guarantee circles in which many default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.core.arrays import Rows
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.state.circles import components
from sim.state.guarantors import GUARANTORS
from sim.state.market import Market
from tests.model.worlds import advanced, scenario

ON: dict[str, Any] = {"guarantees": {"share": 0.6}}
EASY: dict[str, Any] = {
    "approval": {"kind": "all"}, "staffing": {"kind": "none"}, "monitoring": {"kind": "none"},
}  # fmt: skip
ROUGH: dict[str, Any] = {"count": 300, "volatility": 0.2, "demand": {"need_monthly": 0.15}}


def rough(months: int = 30, mechanisms: Any = ON, **recall: Any) -> Simulation:
    """Return a market of many defaults, lived to its end with its books checked."""
    bank = EASY | {"recall": recall or {"kind": "hold"}}
    world = scenario(
        bank, firms=ROUGH, mechanisms=mechanisms, horizon=months, burn_in={"months": 6}
    )
    return advanced(Simulation(world, [1, 2]), months)


def total(simulation: Simulation, column: str) -> float:
    return float(result_of(simulation.market, simulation.recorder).months[column].sum())


def edges(market: Market) -> Iterator[tuple[int, int, int]]:
    """Yield borrower, guarantor and place of every guarantee, read from the table."""
    if GUARANTORS not in market.own:
        return
    table = market.table(GUARANTORS)
    for i in market.live_at(0):
        for place in range(2):
            if number := int(table.firm[place, i]):
                run = int(market.firms.run[i])
                yield int(i), run * market.firms_per_run + number - 1, place


def sizes_of_components(market: Market, lender: int) -> Rows:
    """Return the number of firms in each component of two or more, (components,), ascending."""
    sizes = np.bincount(components(market, lender), minlength=market.slots)
    return np.sort(sizes[sizes > 1])
