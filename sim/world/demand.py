"""Demand: which firms need credit, how much, for how long, and what they state about themselves.

Weak firms inflate their statements more often, and a firm does so less often where it expects to be
checked: P(lie) = Phi(l0 - l_theta theta - l_v (v - v_base)), with v how often the bank
found false statements.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
from sim.core.distributions import edges
from sim.core.draws import salt
from sim.core.indexing import rows_where, unsigned
from sim.core.months import MONTH_DAYS
from sim.core.params import Params, checked, param
from sim.core.random_numbers import normals_at, uniforms_at
from sim.state.facts import Demanded
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world.asking import ask_several, expected_detection, strictest
from sim.world.need import all_chances_of_need, all_needs
from sim.world.prospecting import Prospected, ask_by_reach, who_comes
from sim.world.statements import inflates, lie_level


class Demand(Params):
    """Need for credit, and honesty of statements."""

    need_monthly: float = param(
        0.06, unit="1/month", ge=0, le=1, source="A: 600-1,000 loans per 3,000 firms",
        meaning="probability that a firm without a loan needs one",
    )  # fmt: skip
    need_when_short: float = param(
        2.0, unit="ratio", ge=0, le=20, source="A: firms short of cash need credit more often",
        meaning="factor on that probability when cash is below `short_below`",
    )  # fmt: skip
    short_below: float = param(
        1.0, unit="months of costs", ge=0, le=24, source="A: thin buffer",
        meaning="a firm with less cash than this is short of cash",
    )  # fmt: skip
    amount_mean: float = param(
        5e5, unit="CNY", gt=0, le=1e10, source="R: mean balance 0.53 million in 2019",
        meaning="mean amount requested, before the cap",
    )  # fmt: skip
    amount_cv: float = param(
        1.0, unit="ratio", gt=0, le=10, source="A: amounts are skewed",
        meaning="coefficient of variation of the amount",
    )  # fmt: skip
    amount_cap: float = param(
        0.3, unit="share of turnover", gt=0, le=10, source="R: working-capital rule, rounded",
        meaning="highest amount that a firm requests",
    )  # fmt: skip
    tenor_shares: tuple[float, float, float, float, float] = param(
        (0.1, 0.2, 0.4, 0.2, 0.1), unit="shares",
        source="A: short-term share near the published 43 %",
        meaning="shares of requests with terms of 3, 6, 12, 24 and 36 months",
    )  # fmt: skip
    bullet_share: float = param(
        0.0, unit="share", ge=0, le=1, source="A: 0: by product alone; .6 where on, .3-.9",
        meaning="share of loans of at most `bullet_term` that are to be repaid at maturity,"
        " whatever the bank's products",
    )  # fmt: skip
    bullet_term: int = param(
        12, unit="months", ge=1, le=600, source="R: short-term loans are those up to a year",
        meaning="longest term of loans that may be to be repaid at maturity",
    )  # fmt: skip
    liars: float = param(
        0.30, unit="share", ge=0, lt=1, source="A: swept; 0 switches inflated statements off",
        meaning="share of firms that inflate statements where detection is as usual",
    )  # fmt: skip
    usual_verification: float = param(
        0.25, unit="probability", ge=0, le=1, source="A: cross-checks in the base case",
        meaning="v_base: probability of detection at which the share `liars` inflate statements",
    )  # fmt: skip
    liars_by_quality: float = param(
        0.5, unit="probit per sd", ge=0, le=5, source="A: weak firms inflate more often",
        meaning="l_theta: decrease in inflated statements with quality",
    )  # fmt: skip
    liars_by_verification: float = param(
        1.0, unit="probit per unit", ge=0, le=10, source="A: deterrence",
        meaning="l_v: decrease in inflated statements with the probability of detection",
    )  # fmt: skip
    view_at_start: float = param(
        0.15, unit="probability", ge=0, le=1, source="A: .25 prescribed, .6 carried out",
        meaning="chance of being found out that firms expect before they have seen any case",
    )  # fmt: skip
    start_weight: float = param(
        50.0, unit="statements per 1,000 firms", gt=0, le=1e6, source="A: about a month's",
        meaning="weight of `view_at_start` when the market begins; it fades like all else",
    )  # fmt: skip
    half_life: float = param(
        12.0, unit="months", gt=0, le=1200, source="A: as for diverted loans",
        meaning="time in which what firms saw of a bank's finds loses half of its weight",
    )  # fmt: skip
    inflation: float = param(
        0.75, unit="sd", ge=0, le=5, source="A: window dressing",
        meaning="upward bias that an inflated statement adds to the financial signal",
    )  # fmt: skip
    stated_turnover_excess: float = param(
        0.2, unit="share", ge=0, le=5, source="A: no published figure",
        meaning="relative excess of stated over true turnover in an inflated statement",
    )  # fmt: skip
    banks_asked: int = param(
        1, unit="banks", ge=1, le=16, source="A: switch; 2 where on, swept",
        meaning="banks to which a firm in need of credit applies at the same time, at most all",
    )  # fmt: skip

    @checked
    def _shares_add_up(self) -> Demand:
        if min(self.tenor_shares) < 0 or abs(sum(self.tenor_shares) - 1.0) > 1e-9:
            found = ", ".join(f"{share:g}" for share in self.tenor_shares)
            raise ValueError(f"tenor_shares must be 0 or more and add up to 1, found {found}")
        return self


TENORS = np.array([3, 6, 12, 24, 36], np.int16)  # months, in the order of `tenor_shares`


@compiled
def ask_a_bank(in_need, firms, relations, banks, month, bank_salt):  # type: ignore[no-untyped-def]
    """Return which of the slots `in_need` apply to a bank, in order, and to which bank, both (n,).

    A bank that has listed a firm for inflated statements accepts no application from it.
    `in_need` is (firms,), with a slot each.
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
def requests(rows, strictest_bank, firms, tenor_edges, lie_level, verification, rule, salts):  # type: ignore[no-untyped-def]
    """Return amount, term, stated turnover, inflation and day of arrival of new applicants, (n,).

    Amount in CNY, term in months, turnover in CNY/year, inflation true or false, day 0 to 30.
    `strictest_bank` (n,) is the bank whose checks determine whether they inflate their statements.
    `tenor_edges` (terms - 1,) are where one term ends and the next begins, `verification` (runs,
    lenders) probabilities, `salts` (3,).
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
        detection = verification[firms.run[i], strictest_bank[k]]
        lying[k] = inflates(firms.honesty[i], firms.theta[i], lie_level, detection, rule)
        stated[k] = firms.turnover[i] * (1.0 + rule.stated_turnover_excess * lying[k])
        day[k] = MONTH_DAYS * arrival[k]
    return amount, term, stated, lying, day


def apply_for_credit(
    market: Market,
    demand: Demand,
    month: int,
    waiting: NDArray[np.float64] | None = None,
    taste: float = np.inf,
    prospected: Prospected | None = None,
) -> Demanded:
    """Return the applications of firms in need of credit.

    `waiting` (slots,) is the cost of a day's waiting, 1/year; None where each firm asks one bank
    and waiting does not affect the choice.  `taste`, 1/year, is the scale of all other reasons to
    prefer a bank; `prospected` is None where applications do not follow prospecting.
    """
    firms, rule = market.firms, demand.record()
    expected = expected_detection(market)
    banks, which = len(market.banks), salt(Purpose.BANK_CHOICE, month)
    loans, open_requests, weights = market.loans, market.applications, np.ones((banks, 1))
    if prospected is None:
        needs = all_needs(firms, loans, open_requests, rule, salt(Purpose.NEED, month))
    else:
        chances = all_chances_of_need(firms, loans, open_requests, rule)
        needs, weights = who_comes(market, chances, prospected)
    if waiting is None:
        in_need = rows_where(needs)
        if prospected is None:
            rows, lender = ask_a_bank(in_need, firms, market.relations, banks, month, which)
        else:
            rows, lender = ask_by_reach(in_need, weights, firms, market.relations, month, which)
        rows, lender = to_banks_in_business(market, rows, lender)
        strictest_bank = lender
    else:
        rows, lender = ask_several(
            needs, waiting, market.books.usual_days, weights, rule, taste,
            firms, market.relations, market.places, (month, which),
        )  # fmt: skip
        rows, lender = to_banks_in_business(market, rows, lender)
        strictest_bank = strictest(rows, lender, firms.run, expected)
    salts = (
        salt(Purpose.AMOUNT, month),
        salt(Purpose.TENOR, month),
        salt(Purpose.ARRIVAL_DAY, month),
    )
    tenors, level = edges(demand.tenor_shares), lie_level(demand.liars, demand.liars_by_quality)
    described = requests(rows, strictest_bank, firms, tenors, level, expected, rule, salts)
    return Demanded(rows, lender, *described)


def to_banks_in_business(
    market: Market, rows: NDArray[np.int64], lender: NDArray[np.int8]
) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Return the applicants and banks, (n,) each, less those whose bank has failed."""
    if not market.books.failed.any():
        return rows, lender
    book = market.firms.run[rows] * np.int64(market.lenders) + lender
    taken = ~market.books.failed[book]
    return rows[taken], lender[taken]
