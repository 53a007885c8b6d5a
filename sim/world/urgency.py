"""Urgency: what a day's waiting costs a firm, which banks it asks, and how long it waits.

c = daily x (when_short if cash is short) x (near_peak if the season is near): waiting d days is
like a rate higher by c d, so a firm can trade off rate against delay.  No firm is set to prefer
fast lenders: a firm for which waiting costs little behaves as before.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.params import Params, param
from sim.state.choices import Awaited
from sim.state.facts import Demanded
from sim.state.market import Market
from sim.state.open_requests import request_of


class Urgency(Params):
    """What waiting costs a firm that needs credit."""

    daily: float = param(
        0.0, unit="1/year per day", ge=0, le=1, source="A: switch; .0002 where on, swept",
        meaning="cost of a day's waiting, expressed as an increase in the loan rate; 0 switches"
        " urgency off",
    )  # fmt: skip
    when_short: float = param(
        3.0, unit="ratio", ge=1, le=100, source="A: a firm short of cash loses orders",
        meaning="factor on that cost when cash is below one month of costs",
    )  # fmt: skip
    near_peak: float = param(
        2.0, unit="ratio", ge=1, le=100, source="A: goods that arrive late do not sell",
        meaning="factor on that cost when the sector's seasonal peak is near",
    )  # fmt: skip
    peak_months: int = param(
        2, unit="months", ge=0, le=11, source="A: time to buy and produce what is sold at the peak",
        meaning="a peak at most this many months ahead is near",
    )  # fmt: skip
    taste: float = param(
        0.005, unit="1/year", gt=0, le=1, source="A: distance, habit, acquaintance; swept",
        meaning="rate difference worth all other reasons to prefer a bank; if small, all firms with"
        " a cost of waiting ask the fastest bank",
    )  # fmt: skip
    hoped_saving: float = param(
        0.005, unit="1/year", ge=0, le=1, source="A: spread of offers between banks; swept",
        meaning="rate reduction that a firm expects from a further bank's offer; it waits for that"
        " offer as long as waiting costs no more",
    )  # fmt: skip


def cost_of_waiting(market: Market, urgency: Urgency, peaks: Floats) -> Floats:
    """Return the current cost of a day's waiting for each firm, shape (slots,), 1/year.

    `peaks` (sectors,) is the month of the year in which a sector's receipts are highest.
    """
    firms = market.firms
    ahead = (peaks - market.month) % 12
    near = np.where(ahead <= urgency.peak_months, urgency.near_peak, 1.0)
    short = np.where(firms.cash < firms.costs, urgency.when_short, 1.0)
    cost: Floats = urgency.daily * short * near[firms.sector]
    return cost


@compiled
def _answer_together(rows, lender, waiting, hoped_saving, slots, requests):  # type: ignore[no-untyped-def]
    due = np.empty(rows.size, np.int32)
    first = 0
    for k in range(rows.size):
        if rows[k] != rows[first]:
            first = k
        mine = request_of(rows[k], lender[k], slots, requests.lender)
        due[k] = requests.due[mine]
        other = first
        while other < rows.size and rows[other] == rows[k]:
            at = request_of(rows[k], lender[other], slots, requests.lender)
            later = requests.days[at] - requests.days[mine]
            if waiting[rows[k]] * later <= hoped_saving:
                due[k] = max(due[k], requests.due[at])
            other += 1
    return due


def wait_for_others(
    market: Market, demanded: Demanded, waiting: Floats, urgency: Urgency
) -> Awaited:
    """Return until which month each new request waits for the other banks that its firm has asked.

    A firm answers an offer after every bank whose answer is worth waiting for has answered.
    """
    due = _answer_together(
        demanded.rows, demanded.lender, waiting, urgency.hoped_saving,
        market.slots, market.applications,
    )  # fmt: skip
    return Awaited(demanded.rows, demanded.lender, due)
