"""How requests become loans: who is still there, who passes, at which rate, and who accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.credit.amortisation import annuity_payment, average_balance
from sim.model.pricing import market_coverage
from sim.scenario.schema import Economy, Firms
from sim.state.facts import Decided, Floats
from sim.state.market import Market
from sim.world import conduct, take_up

if TYPE_CHECKING:
    from sim.model.bank import BankAtWork

MISFIT = 2  # months by which the dues of a product that does not fit miss the cash peak; A


def decide(bank: BankAtWork, market: Market, firms: Firms, economy: Economy) -> Decided:
    """Decide every request at this bank that is due this month."""
    requests = market.applications
    open_here = requests.lender == bank.lender
    rows = np.flatnonzero(open_here & (requests.due <= market.month))
    policy, files = bank.policy, bank.view(market, rows)
    run = market.firms.run[rows]
    walked = take_up.walk_away(market, rows, firms.take_up)

    passed = policy.approval.approve(files)
    pressure = market.books.pressure[market.books_of(rows, bank.lender)]
    chance = policy.approval.override_chance(files, pressure)
    overruled = ~passed & conduct.overruled(market, rows, bank.lender, chance)
    room = bank.room_to_lend(market)[run]
    rate = bank.quote(market, rows, economy)
    approved = (passed | overruled) & room & ~walked & (rate <= policy.pricing.rate_cap)

    offer = np.where(approved, rate, np.nan)
    own = take_up.reservation_rate(
        market, rows, firms.projects, firms.take_up, firms.treasury.informal_rate
    )
    rival = take_up.rival_quote(market, rows, firms.take_up, economy.funding_rate)
    answer = take_up.answer(offer, own, rival)

    amount, term = requests.amount[rows], requests.tenor[rows]
    terms = policy.products.terms(files)
    misfit = conduct.dues_miss_the_peak(market, rows, terms.fit)
    invested = firms.projects.invested
    listing = getattr(policy.approval, "listing_months", 0)
    listed = market.file_of(bank.lender).listed_until[rows]
    balance = average_balance(amount, np.where(approved, rate, 0.0), term)
    fund = policy.collateral
    return Decided(
        lender=bank.lender,
        rows=rows,
        walked=walked,
        approved=approved,
        overridden=approved & overruled,
        rate=offer,
        taken=answer.taken,
        rival=answer.rival,
        rival_rate=np.where(answer.rival, rival, 0.0),
        schedule=terms.schedule,
        season_shift=(MISFIT * misfit).astype(np.int8),
        instalment=level_instalment(amount, np.where(approved, rate, 0.0), term),
        rival_instalment=level_instalment(amount, np.where(answer.rival, rival, 0.0), term),
        collateral=market_coverage(bank, market, rows) * amount,
        project_income=level_instalment(
            invested * amount, take_up.project_yield(market, rows, firms.projects), term
        ),
        invested=invested,
        listed_until=np.where(requests.caught[rows], market.month + listing, listed),
        fee=fund.fund_share * fund.fund_fee * balance * term / 12.0,
        cost=policy.approval.cost + answer.taken * getattr(fund, "valuation_cost", 0.0),
        hours=np.full(rows.size, policy.approval.hours),
    )


def level_instalment(amount: Floats, rate: Floats, term: np.ndarray) -> Floats:
    """Return the level monthly instalment, shape (n,), CNY; a negative yield counts as none."""
    return annuity_payment(amount, np.maximum(rate, 0.0), np.maximum(term, 1))
