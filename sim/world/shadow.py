"""Potential outcomes: shadow loans to a sample of applicants, with the firms' own random numbers.

The shadow firm earns what the firm earns and has only this loan.  There is neither monitoring nor
diversion, so the outcome depends only on the firm and the terms.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.money import PENNY
from sim.core.months import MONTH_DAYS
from sim.core.params import Params, param
from sim.core.random_numbers import uniform, uniforms_at
from sim.credit.belief import default_probability
from sim.credit.classes import DEFAULT_DPD
from sim.credit.pricing import bearable_pd
from sim.credit.schedule import RECEIVABLES, DueRules, invoices_due, principal_due
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.state.shadow_facts import ShadowsMoved

DEFAULT_BEHIND = DEFAULT_DPD / MONTH_DAYS  # missed instalments at which a loan is in default
ROUNDING = 1e-6  # months


class Yardstick(Params):
    """The sample of applications whose potential outcome is simulated."""

    sample: float = param(
        0.1, unit="share of applications", ge=0, le=1, source="A: enough for an AUC",
        meaning="share of applications that get a shadow loan; 0 switches shadow loans off",
    )  # fmt: skip
    window: int = param(
        18, unit="months", ge=1, le=600, source="P: performance windows of 12-24 months",
        meaning="months for which a shadow loan is followed",
    )  # fmt: skip
    own_product: bool = param(
        False, unit="switch", source="A: off measures the firm alone, whatever the product",
        meaning="on: a shadow loan is repaid on the schedule that the bank offers; off: in level"
        " instalments",
    )  # fmt: skip
    true_level: float = param(
        -1.85, unit="probit", ge=-10, le=10, source="D: lending to all",
        meaning="a in the true probability of default Phi(a - b theta), which separates good firms"
        " from bad",
    )  # fmt: skip
    true_slope: float = param(
        0.65, unit="probit per sd", ge=0, le=10, source="D: lending to all",
        meaning="b in the true probability of default",
    )  # fmt: skip


@compiled
def all_shadows(rows, shadows, firms, operating, buffer, peaks, month, window, rules, penalty=1.0):  # type: ignore[no-untyped-def]
    """Return cash, balance, overdue and months behind of each shadow, and how it ended.

    These are (n,) each, as `rows`: three amounts in CNY, months, and two flags, defaulted and
    ended.  `operating` (slots,) is in CNY, `peaks` (sectors,) holds calendar months, and
    `penalty` is the rate on what is overdue over the contract rate.
    """
    n = rows.size
    cash, balance, overdue = np.empty(n), np.empty(n), np.empty(n)
    behind = np.empty(n)
    defaulted, ended = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    for k in range(n):
        i = unsigned(rows[k])
        interest = shadows.balance[i] * shadows.rate[i] / 12.0
        interest += (penalty - 1.0) * shadows.overdue[i] * shadows.rate[i] / 12.0
        running, left = shadows.balance[i] - shadows.overdue[i], shadows.remaining[i]
        age = month - shadows.begun[i]
        if shadows.schedule[i] == RECEIVABLES:
            waiting = age + shadows.season_shift[i] <= firms.paid_after[i]
            scheduled = invoices_due(running, left, waiting)
        else:
            scheduled = principal_due(
                shadows.schedule[i],
                running,
                shadows.instalment[i],
                interest,
                left,
                month - np.int64(peaks[firms.sector[i]]) - shadows.season_shift[i],
                rules,
            )
        paid_by_customers = left == 1 or (left > 0 and age > firms.paid_after[i])
        income = shadows.project_income[i] if paid_by_customers else 0.0
        available = shadows.cash[i] + operating[i] + income
        due = interest + scheduled + shadows.overdue[i]
        paid = min(due, max(available, 0.0))
        unpaid = due - paid
        cash[k] = min(available - paid, buffer * firms.costs[i])
        balance[k] = shadows.balance[i] + interest - paid
        overdue[k] = unpaid
        # the share first: three missed payments are exactly three months, as for a loan
        behind[k] = (shadows.behind[i] + 1.0) * (unpaid / due) if unpaid > PENNY else 0.0
        defaulted[k] = behind[k] > DEFAULT_BEHIND + ROUNDING
        over = left <= 1 and unpaid <= PENNY
        ended[k] = defaulted[k] or over or month - shadows.begun[i] >= window
    return cash, balance, overdue, behind, defaulted, ended


def move_on(
    market: Market,
    operating: Floats,
    yardstick: Yardstick,
    owner_buffer: float,
    peaks: Floats,
    rules: DueRules,
    overdue_penalty: float = 1.0,
) -> ShadowsMoved:
    """Move every shadow loan by a month; `operating` has shape (slots,), `peaks` (sectors,)."""
    rows = np.flatnonzero(market.shadows.active)
    moved = all_shadows(
        rows, market.shadows, market.firms, operating, owner_buffer, peaks,
        market.month, yardstick.window, rules, overdue_penalty,
    )  # fmt: skip
    return ShadowsMoved(rows, *moved)


@compiled
def all_followed(rows, slots, month, keys, requests, which_salt):  # type: ignore[no-untyped-def]
    """Return, for each firm, the bank whose decision this month may get a shadow loan, (n,).

    All banks that decide on the firm have the same probability.  `rows` is (n,), `keys` (slots,).
    """
    followed = np.empty(rows.size, np.int64)
    for k in range(rows.size):
        banks = 0
        for at in range(rows[k], requests.lender.size, slots):
            banks += requests.lender[at] >= 0 and requests.due[at] <= month
        left = np.int64(uniform(keys[rows[k]], which_salt) * banks)
        for at in range(rows[k], requests.lender.size, slots):
            if requests.lender[at] >= 0 and requests.due[at] <= month:
                if left == 0:
                    followed[k] = requests.lender[at]
                left -= 1
    return followed


def sampled(market: Market, rows: Rows, lender: int, yardstick: Yardstick) -> NDArray[np.bool_]:
    """Return which of a bank's decisions this month get a shadow loan, shape (n,).

    A firm has at most one shadow loan at a time, even if several banks decide on it.
    """
    if yardstick.sample == 0.0:
        return np.zeros(rows.size, bool)
    draws = uniforms_at(market.firms.key, rows, salt(Purpose.SHADOW, market.month))
    chosen = (draws < yardstick.sample) & ~market.shadows.active[rows] & (market.month >= 1)
    if market.sheets > 1:
        which = salt(Purpose.SHADOW_BANK, market.month)
        requests, keys = market.applications, market.firms.key
        followed = all_followed(rows, market.slots, market.month, keys, requests, which)
        chosen &= followed == lender
    return chosen


def pays_its_way(
    market: Market,
    rows: Rows,
    yardstick: Yardstick,
    *,
    rate: Floats,
    lgd: Floats,
    charges: Floats,
    funding_rate: float,
) -> NDArray[np.bool_]:
    """Return which firms are good, shape (n,): their true PD is below the break-even PD.

    Break-even is the yearly probability of default that `rate` (n,) 1/year covers, after `charges`
    (n,) 1/year for capital and at a loss given default of `lgd` (n,).
    """
    true_pd = default_probability(
        market.firms.theta[rows], 0.0, yardstick.true_level, yardstick.true_slope
    )
    return np.less(true_pd, bearable_pd(rate, YEAR, lgd, funding_rate, charges))


YEAR = 12  # months: horizon of a probability of default
