"""Which applicants are good, which get a shadow loan, and on which terms."""

from __future__ import annotations

import numpy as np

from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.good_firms import pay_their_way
from sim.model.quotes import decisions
from sim.model.security import products_of
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.facts import NO_FLAGS, Decided
from sim.state.market import Market
from sim.state.shadow_facts import ShadowsBegun
from sim.world import conduct, shadow, take_up


def follow_applicants(month: BankMonth) -> ShadowsBegun:
    """Begin shadow loans for a sample of what this bank decided."""
    decided = decisions(month)
    return begin_shadows(month.bank, month.market, decided, month.firm_params, month.economy)


def begin_shadows(
    bank: BankAtWork,
    market: Market,
    decided: Decided,
    firm_params: FirmParams,
    economy: EconomyParams,
) -> ShadowsBegun:
    """Begin shadow loans for a sample of decided applications, including refused ones."""
    chosen = shadow.sampled(market, decided.rows, bank.lender, firm_params.yardstick)
    rows, rate = decided.rows[chosen], decided.rate[chosen]
    schedule, season_shift = np.zeros((2, rows.size), np.int8)  # level instalments
    if firm_params.yardstick.own_product:
        product = products_of(bank, market, rows)
        schedule = product.schedule
        misfit = conduct.dues_miss_the_peak(market, rows, product.fit)
        season_shift = (bank.policy.products.months_off * misfit).astype(np.int8)
    return ShadowsBegun(
        lender=bank.lender,
        rows=rows,
        good=pay_their_way(bank, market, rows, rate, firm_params, economy)
        if rows.size
        else NO_FLAGS,
        approved=decided.approved[chosen],
        booked=decided.taken[chosen],
        rate=rate,
        schedule=schedule,
        season_shift=season_shift,
        project_yield=take_up.project_yield(market, rows, firm_params.projects),
        invested=firm_params.projects.invested,
    )
