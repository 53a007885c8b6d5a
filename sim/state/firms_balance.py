"""The identities of the firms' side of the books: their cash, debts and number, run by run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.errors import BooksError
from sim.core.indexing import unsigned
from sim.state.bridges import bridge_debt
from sim.state.guarantors import paid_for_others
from sim.state.market import Market

LANES = 4  # partial sums used in turn, so that no addition waits for the one before
IDENTITIES = (
    "firms' cash = opening + earned + borrowed - paid - drawn",
    "firms' informal debt = opening + new less repaid",
    "firms' bridge loans = opening + lent + price - paid - lost",
    "paid by guarantors = what firms have paid for others' loans",
)


class Opening(NamedTuple):
    """Stocks of the firms of each run at the month's start, (runs,) each, CNY."""

    cash: Floats
    informal_debt: Floats
    bridge_debt: Floats
    paid_for_others: Floats


def opening(market: Market) -> Opening:
    """Return the stocks as they are now."""
    return Opening(*over_firms(market), bridge_debt(market), paid_for_others(market))


def over_firms(market: Market) -> tuple[Floats, Floats]:
    """Return cash and informal debt of the firms of each run, both (runs,), CNY."""
    in_lanes = np.zeros((2, LANES, market.runs))
    _add_firms(market.firms, in_lanes)
    cash, debt = in_lanes.sum(axis=1)
    return cash, debt


@compiled
def _add_firms(firms, in_lanes):  # type: ignore[no-untyped-def]
    runs = in_lanes.shape[2]
    each = firms.cash.size // runs
    for run in range(runs):
        for k in range(each):
            i, lane = unsigned(run * each + k), unsigned(k % LANES)
            in_lanes[0, lane, run] += firms.cash[i]
            in_lanes[1, lane, run] += firms.informal_debt[i]


@compiled
def _firms_add_up(firms, economy):  # type: ignore[no-untyped-def]
    """Return whether in every run the firms alive and exited add up to the firms entered."""
    runs = economy.entered.size
    each = firms.alive.size // runs
    for run in range(runs):
        alive = 0
        for i in range(run * each, (run + 1) * each):
            alive += firms.alive[i]
        if alive + economy.exited[run] != economy.entered[run]:
            return False
    return True


def check(market: Market, before: Opening, tolerance: float, smallest: float) -> None:
    """Raise `BooksError` naming the first identity of the firms that fails, and by how much.

    Differences up to `tolerance` of a run's size, at least `smallest` CNY, are rounding.
    """
    now = opening(market)
    flows, shape = market.economy, (market.runs, market.lenders)
    page = market.ledger
    borrowed = page.disbursed.reshape(shape).sum(axis=1) - flows.invested
    paid = page.paid_by_firms.reshape(shape).sum(axis=1)
    settled = flows.informal_net - flows.owner_draw - flows.informal_interest
    bridged = flows.bridge_lent - flows.bridge_paid
    moved = flows.earned + flows.project_income + borrowed - paid + settled + bridged
    owed = before.informal_debt + flows.informal_net
    to_bridges = before.bridge_debt + bridged + flows.bridge_price - flows.bridge_lost
    called = page.paid_by_guarantors.reshape(shape).sum(axis=1)
    for_others = now.paid_for_others - before.paid_for_others
    gaps = np.abs(
        [
            now.cash - before.cash - moved,
            now.informal_debt - owed,
            now.bridge_debt - to_bridges,
            for_others - called,
        ]
    )
    bridges = now.bridge_debt + before.bridge_debt
    size = bridges + np.abs(now.cash) + np.abs(before.cash) + np.abs(flows.earned) + paid + smallest
    wrong = ~(gaps <= tolerance * size)
    if wrong.any():
        identity, run = (int(place) for place in np.argwhere(wrong)[0])
        raise BooksError(
            f"month {market.month}, seed {market.seeds[run]}: {IDENTITIES[identity]} fails "
            f"by {gaps[identity, run]:.6g} CNY"
        )
    if not _firms_add_up(market.firms, market.economy):
        raise BooksError(f"month {market.month}: firms alive + exited differ from firms entered")
