"""Bridge lenders: who lends a firm what it lacks to repay, until its renewed loan is paid out.

Informal, by the day, and only to a firm whose bank has granted the renewal.  The firm repays from
the new loan.  Where that does not come, the debt grows by the day, all cash goes to the lender, and
after some months it winds the firm up and bears what is left as its loss.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.draws import salt
from sim.core.money import PENNY
from sim.core.months import MONTH_DAYS
from sim.core.params import param
from sim.core.random_numbers import uniforms_at
from sim.mechanisms.base import MechanismParams
from sim.state.bridges import BRIDGES
from sim.state.economy import ECONOMY
from sim.state.firms import FIRMS, WOUND_UP
from sim.state.ledger import LEDGER
from sim.state.market import Market
from sim.state.month import Month
from sim.state.population import Population
from sim.state.post.entering import firms_leaving
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose


class BridgeLenders(MechanismParams):
    """What a bridge loan costs, and who gets one."""

    price: float = param(
        0.002, unit="share a day", ge=0, le=0.1, source="A: the trade names .1 to .3 %; swept",
        meaning="price of a bridge loan for each day",
    )  # fmt: skip
    found: float = param(
        0.9, unit="probability", ge=0, le=1, source="A: no published value; swept",
        meaning="probability that a firm with a renewal granted finds a bridge lender",
    )  # fmt: skip
    limit: float = param(
        3.0, unit="months of turnover", ge=0, le=120, source="A: no published value; swept",
        meaning="largest bridge loan",
    )  # fmt: skip
    patience: int = param(
        3, unit="months", ge=0, le=120, source="A: as months near ruin until a firm leaves",
        meaning="months after which a bridge lender winds up a firm that has not repaid",
    )  # fmt: skip


class BridgeDues(NamedTuple):
    """What firms pay on bridge loans this month."""

    rows: Rows  # (n,)
    price: Floats  # (n,) CNY charged
    paid: Floats  # (n,) CNY
    lost: Bools  # (n,) the lender winds the firm up and loses the rest


def lent(market: Market, rows: Rows, amount: Floats, rule: BridgeLenders) -> Bools:
    """Return which firms find a bridge lender for an amount (n,) CNY, (n,)."""
    drawn = uniforms_at(market.firms.key, rows, salt(Purpose.BRIDGE_FOUND, market.month))
    most = rule.limit * market.firms.turnover[rows] / 12.0
    return np.asarray((drawn < rule.found) & (amount <= most))


def dues(month: Month) -> BridgeDues | None:
    """Find what is due to bridge lenders and paid, where the new loan has come or never will."""
    market, rule = month.market, month.params(BridgeLenders)
    table = market.table(BRIDGES)
    if not table.owed.any():
        return None
    rows = np.flatnonzero((table.owed > 0.0) & ~table.awaits)
    owed = table.owed[rows]
    price = rule.price * table.days[rows] * owed
    paid = np.minimum(np.maximum(market.firms.cash[rows], 0.0), owed + price)
    left = owed + price - paid
    late = month.number - table.since[rows] >= rule.patience
    return BridgeDues(rows, price, paid, late & (left >= PENNY))


@posting(writes=(FIRMS, ECONOMY, LEDGER, BRIDGES))
def post_dues(to: Written, due: BridgeDues) -> None:
    """Post what is paid on bridge loans; firms wound up over them leave."""
    market, table, economy = to.market, to.table(BRIDGES), to.table(ECONOMY)
    firms, rows, run = to.table(FIRMS), due.rows, to.market.firms.run[due.rows]
    left = table.owed[rows] + due.price - due.paid
    firms.cash[rows] -= due.paid
    gone = due.lost | (left < PENNY)  # fractions of a penny are let off
    table.owed[rows] = np.where(gone, 0.0, left)
    table.days[rows] = MONTH_DAYS
    np.add.at(economy.bridge_price, run, due.price)
    np.add.at(economy.bridge_paid, run, due.paid)
    np.add.at(economy.bridge_lost, run, np.where(gone, left, 0.0))
    firms.low_months[rows[due.lost]] = WOUND_UP
    book = market.books_of(rows[due.lost], 0) + table.bank[rows[due.lost]]
    np.add.at(to.table(LEDGER).bridge_ruins, book, 1.0)


class LeftBehind(NamedTuple):
    """Bridge loans of firms that leave this month."""

    rows: Rows  # (n,)
    owed: Floats  # (n,) CNY


def left_behind(month: Month) -> LeftBehind | None:
    """Find the bridge loans of the firms that leave this month."""
    owed = month.market.table(BRIDGES).owed
    if not owed.any():
        return None
    rows = firms_leaving(month.market, month.params(Population).ruin_months)
    rows = rows[owed[rows] > 0.0]
    return LeftBehind(rows, owed[rows])


@posting(writes=(ECONOMY, BRIDGES))
def post_left_behind(to: Written, left: LeftBehind) -> None:
    """Post what bridge lenders lose with firms that leave."""
    to.table(BRIDGES).owed[left.rows] = 0.0
    np.add.at(to.table(ECONOMY).bridge_lost, to.market.firms.run[left.rows], left.owed)
