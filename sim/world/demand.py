"""Demand: which firms need credit, how much, for how long, and what they say of themselves.

A firm that inflates its statements is likelier to be weak, and thinks twice where it expects to be
checked: P(lie) = Phi(l0 - l_theta theta - l_v (v - v_base)).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
from sim.core.distributions import edges
from sim.core.draws import salt
from sim.core.indexing import rows_where, unsigned
from sim.core.params import Params, checked, param
from sim.core.random_numbers import normal_cdf, normals_at, uniform, uniforms_at
from sim.state.facts import Demanded
from sim.state.firms import WOUND_UP
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world.asking import ask_several, strictest


class Demand(Params):
    """Need for credit, and honesty about oneself."""

    need_monthly: float = param(
        0.06, unit="1/month", ge=0, le=1, source="A: 600-1,000 loans per 3,000 firms",
        meaning="chance that a firm without a loan needs one",
    )  # fmt: skip
    need_when_short: float = param(
        2.0, unit="ratio", ge=0, le=20, source="A: need of the cash-poor",
        meaning="the chance is multiplied by this when cash is below `short_below`",
    )  # fmt: skip
    short_below: float = param(
        1.0, unit="months of costs", ge=0, le=24, source="A: thin buffer",
        meaning="cash below this makes a firm short",
    )  # fmt: skip
    amount_mean: float = param(
        5e5, unit="CNY", gt=0, le=1e10, source="R: mean balance 0.53 million in 2019",
        meaning="mean amount requested, before the cap",
    )  # fmt: skip
    amount_cv: float = param(
        1.0, unit="ratio", gt=0, le=10, source="A: skewed sizes",
        meaning="coefficient of variation of the amount",
    )  # fmt: skip
    amount_cap: float = param(
        0.3, unit="share of turnover", gt=0, le=10, source="R: working-capital rule, rounded",
        meaning="most that a firm requests",
    )  # fmt: skip
    tenor_shares: tuple[float, float, float, float, float] = param(
        (0.1, 0.2, 0.4, 0.2, 0.1), unit="shares",
        source="A: short-term share near the published 43 %",
        meaning="shares of terms of 3, 6, 12, 24 and 36 months",
    )  # fmt: skip
    liars: float = param(
        0.30, unit="share", ge=0, lt=1, source="A: swept; 0 switches lying off",
        meaning="share of firms that inflate statements where verification is .25",
    )  # fmt: skip
    liars_by_quality: float = param(
        0.5, unit="probit per sd", ge=0, le=5, source="A: weak firms lie more",
        meaning="l_theta: fall of lying with quality",
    )  # fmt: skip
    liars_by_verification: float = param(
        1.0, unit="probit per unit", ge=0, le=10, source="A: deterrence",
        meaning="l_v: fall of lying with the chance of being checked",
    )  # fmt: skip
    inflation: float = param(
        0.75, unit="sd", ge=0, le=5, source="A: window dressing",
        meaning="what a lie adds to the financial signal",
    )  # fmt: skip
    stated_turnover_excess: float = param(
        0.2, unit="share", ge=0, le=5, source="A: no published figure",
        meaning="what a lie adds to stated turnover",
    )  # fmt: skip
    banks_asked: int = param(
        1, unit="banks", ge=1, le=16, source="A: switch; 2 where on, swept",
        meaning="banks that a firm in need asks at the same time, at most all that there are",
    )  # fmt: skip

    @checked
    def _shares_add_up(self) -> Demand:
        if min(self.tenor_shares) < 0 or abs(sum(self.tenor_shares) - 1.0) > 1e-9:
            found = ", ".join(f"{share:g}" for share in self.tenor_shares)
            raise ValueError(f"tenor_shares must be 0 or more and add up to 1, found {found}")
        return self


TENORS = np.array([3, 6, 12, 24, 36], np.int16)
VERIFICATION_BASE = 0.25


@compiled
def all_needs(firms, loans, applications, rule, need_salt):  # type: ignore[no-untyped-def]
    """Return which slots need credit now and have neither a loan nor an open request, (slots,)."""
    needs = np.empty(firms.key.size, np.bool_)
    for i in range(needs.size):
        short = firms.cash[i] < rule.short_below * firms.costs[i]
        chance = rule.need_monthly * (rule.need_when_short if short else 1.0)
        free = (loans.lender[i] < 0) & (applications.lender[i] < 0)
        stays = firms.alive[i] & (firms.low_months[i] != WOUND_UP)  # neither gone nor leaving now
        needs[i] = free & stays & (uniform(firms.key[i], need_salt) < chance)
    for at in range(needs.size, applications.lender.size):  # sheets of further banks
        needs[at % needs.size] &= applications.lender[at] < 0
    return needs


@compiled
def ask_a_bank(in_need, firms, relations, banks, month, bank_salt):  # type: ignore[no-untyped-def]
    """Return which of the slots `in_need` ask a bank, in their order, and the bank that each asks.

    A bank that has listed a firm for its lies takes no application of it.
    """
    draws = uniforms_at(firms.key, in_need, bank_salt)
    rows = np.empty(in_need.size, np.int64)
    lender = np.empty(in_need.size, np.int8)
    n = 0
    for k in range(in_need.size):
        bank = np.int64(draws[k] * banks)
        rows[n], lender[n] = in_need[k], bank
        n += relations.listed_until[bank * firms.key.size + in_need[k]] <= month
    return rows[:n].copy(), lender[:n].copy()


@compiled
def requests(rows, feared, firms, tenor_edges, lie_level, verification, rule, salts):  # type: ignore[no-untyped-def]
    """Return amount, term, stated turnover, lie and day of arrival of new applicants.

    `feared` is the bank by which they judge whether a lie would be found out.
    """
    n = rows.size
    amount = np.empty(n)
    term = np.empty(n, np.int16)
    lying = np.empty(n, np.bool_)
    stated = np.empty(n)
    day = np.empty(n)
    log_sd = np.sqrt(np.log(1.0 + rule.amount_cv**2))
    log_mean = np.log(rule.amount_mean) - 0.5 * log_sd**2
    size = normals_at(firms.key, rows, salts[0])
    length = uniforms_at(firms.key, rows, salts[1])
    arrival = uniforms_at(firms.key, rows, salts[2])
    for k in range(n):
        i = unsigned(rows[k])
        wanted = np.exp(log_mean + log_sd * size[k])
        amount[k] = min(wanted, rule.amount_cap * firms.turnover[i])
        which = 0
        for edge in tenor_edges:
            which += length[k] > edge
        term[k] = TENORS[unsigned(which)]
        lying[k] = False
        if rule.liars > 0.0:
            fear = rule.liars_by_verification * (verification[feared[k]] - VERIFICATION_BASE)
            proneness = lie_level - rule.liars_by_quality * firms.theta[i] - fear
            lying[k] = firms.honesty[i] < normal_cdf(proneness)
        stated[k] = firms.turnover[i] * (1.0 + rule.stated_turnover_excess * lying[k])
        day[k] = 30.0 * arrival[k]
    return amount, term, stated, lying, day


def lie_level(demand: Demand) -> float:
    """Return l0 such that the mean over theta ~ N(0, 1) is the share of liars."""
    if demand.liars == 0.0:
        return -1e9
    quantile = float(np.asarray(_quantile(demand.liars)))
    return quantile * float(np.sqrt(1.0 + demand.liars_by_quality**2))


def _quantile(p: float) -> float:
    from sim.core.random_numbers import normal_quantile

    return float(normal_quantile(p))


def apply_for_credit(
    market: Market,
    demand: Demand,
    verification: NDArray[np.float64],
    month: int,
    waiting: NDArray[np.float64] | None = None,
    taste: float = np.inf,
) -> Demanded:
    """Let firms in need apply to a bank; `verification` (banks,) is what they expect of each.

    `waiting` (slots,) is what a day's waiting costs them, 1/year, None where each asks one bank
    and that moves nobody, and `taste` the scale, 1/year, of all else that makes them prefer a bank.
    """
    firms, rule = market.firms, demand.record()
    needs = all_needs(firms, market.loans, market.applications, rule, salt(Purpose.NEED, month))
    banks, which = len(market.banks), salt(Purpose.BANK_CHOICE, month)
    if waiting is None:
        in_need = rows_where(needs)
        rows, lender = ask_a_bank(in_need, firms, market.relations, banks, month, which)
        feared = lender
    else:
        rows, lender = ask_several(
            needs, waiting, market.books.usual_days, rule, taste,
            firms, market.relations, market.places, (month, which),
        )  # fmt: skip
        feared = strictest(rows, lender, verification)
    salts = (
        salt(Purpose.AMOUNT, month),
        salt(Purpose.TENOR, month),
        salt(Purpose.ARRIVAL_DAY, month),
    )
    tenors = edges(demand.tenor_shares)
    asked = requests(rows, feared, firms, tenors, lie_level(demand), verification, rule, salts)
    return Demanded(rows, lender, *asked)
