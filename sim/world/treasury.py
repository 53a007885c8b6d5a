"""How a firm closes its month: owners draw excess cash, firms short of cash borrow informally."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.params import Params, param
from sim.state.facts import Settled
from sim.state.market import Market


class Treasury(Params):
    """Owners' withdrawals and informal credit."""

    owner_buffer: float = param(
        3.0, unit="months of costs", gt=0, le=120, source="A: owners leave three months of costs",
        meaning="the owner withdraws cash above this",
    )  # fmt: skip
    informal_rate: float = param(
        0.13, unit="1/year", ge=0, le=2, source="P: informal rates 13 % a year",
        meaning="interest rate on informal loans",
    )  # fmt: skip
    informal_limit: float = param(
        1.0, unit="months of turnover", ge=0, le=24, source="A: what relatives and traders lend",
        meaning="upper limit of informal debt",
    )  # fmt: skip
    informal_repay_above: float = param(
        1.5, unit="months of costs", ge=0, le=120, source="A: the buffer at entry",
        meaning="cash above this is used to repay informal debt",
    )  # fmt: skip


@compiled
def close_month(cash, costs, turnover, debt, banked, access, rule):  # type: ignore[no-untyped-def]
    """Return the owner's withdrawal, and informal debt borrowed less repaid, CNY.

    All arguments are numbers, of one firm.
    """
    cash -= rule.informal_rate / 12.0 * debt
    net = 0.0
    if debt > 0.0 and cash > rule.informal_repay_above * costs:
        net = -min(debt, cash - rule.informal_repay_above * costs)
    elif cash < 0.0 and access and not banked:
        net = min(-cash, max(rule.informal_limit * turnover / 12.0 - debt, 0.0))
    draw = max(cash + net - rule.owner_buffer * costs, 0.0)
    return draw, net


@compiled
def all_closings(firms, loans, rule):  # type: ignore[no-untyped-def]
    """Return owner's withdrawal and net informal borrowing of every slot, (slots,) each, CNY."""
    slots = firms.key.size
    draw = np.empty(slots)
    net = np.empty(slots)
    for i in range(slots):
        draw[i], net[i] = close_month(
            firms.cash[i],
            firms.costs[i],
            firms.turnover[i],
            firms.informal_debt[i],
            loans.lender[i] >= 0,
            firms.informal_access[i],
            rule,
        )
    return draw, net


def settle(market: Market, treasury: Treasury, ruin_debt: float) -> Settled:
    """Return every firm's payments to its owner and from or to its informal lender.

    A firm that owes more than `ruin_debt` months of turnover is near ruin.
    """
    draw, net = all_closings(market.firms, market.loans, treasury.record())
    return Settled(draw, net, treasury.informal_rate / 12.0, ruin_debt)
