"""The identities of the firms' side of the books: their cash, debts and number, run by run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.errors import BooksError
from sim.state.bridges import bridge_debt
from sim.state.guarantors import paid_for_others
from sim.state.market import Market

IDENTITIES = (
    "firms' cash = opening + earned + borrowed - paid - drawn",
    "firms' informal debt = opening + new less repaid",
    "firms' bridge loans = opening + lent + price - paid - lost",
    "paid by guarantors = what firms have paid for others' loans",
)
COUNT = len(IDENTITIES)


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
    firms, shape = market.firms, (market.runs, market.firms_per_run)
    return firms.cash.reshape(shape).sum(axis=1), firms.informal_debt.reshape(shape).sum(axis=1)


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


@compiled
def _gaps(economy, ledger, lenders, was, now):  # type: ignore[no-untyped-def]
    """Return by how much each identity fails, (identities, runs) CNY, and each run's size."""
    gaps, size = np.empty((COUNT, now.cash.size)), np.empty(now.cash.size)
    for run in range(size.size):
        disbursed = paid = called = 0.0
        for book in range(run * lenders, (run + 1) * lenders):
            disbursed += ledger.disbursed[book]
            paid += ledger.paid_by_firms[book]
            called += ledger.paid_by_guarantors[book]
        borrowed = disbursed - economy.invested[run]
        settled = (
            economy.informal_net[run] - economy.owner_draw[run] - economy.informal_interest[run]
        )
        bridged = economy.bridge_lent[run] - economy.bridge_paid[run]
        earned = economy.earned[run] + economy.project_income[run]
        moved = earned + borrowed - paid + settled + bridged
        owed = was.informal_debt[run] + economy.informal_net[run]
        due = bridged + economy.bridge_price[run] - economy.bridge_lost[run]
        gaps[0, run] = abs(now.cash[run] - was.cash[run] - moved)
        gaps[1, run] = abs(now.informal_debt[run] - owed)
        gaps[2, run] = abs(now.bridge_debt[run] - (was.bridge_debt[run] + due))
        gaps[3, run] = abs(now.paid_for_others[run] - was.paid_for_others[run] - called)
        size[run] = abs(now.cash[run]) + abs(was.cash[run]) + abs(economy.earned[run]) + paid
        size[run] += now.bridge_debt[run] + was.bridge_debt[run]
    return gaps, size


def check(market: Market, before: Opening, tolerance: float, smallest: float) -> None:
    """Raise `BooksError` naming the first identity of the firms that fails, and by how much.

    Differences up to `tolerance` of a run's size, at least `smallest` CNY, are rounding.
    """
    now = opening(market)
    gaps, size = _gaps(market.economy, market.ledger, market.lenders, before, now)
    size += smallest
    wrong = ~(gaps <= tolerance * size)
    if wrong.any():
        identity, run = (int(place) for place in np.argwhere(wrong)[0])
        raise BooksError(
            f"month {market.month}, seed {market.seeds[run]}: {IDENTITIES[identity]} fails "
            f"by {gaps[identity, run]:.6g} CNY"
        )
    if not _firms_add_up(market.firms, market.economy):
        raise BooksError(f"month {market.month}: firms alive + exited differ from firms entered")
