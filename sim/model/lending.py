"""How requests become loans: who is still there, who passes, at which rate, and who accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.credit.amortisation import annuity_payment, average_balance
from sim.model.pricing import market_coverage
from sim.scenario.schema import Economy, Firms
from sim.state.facts import Decided, Floats, Granted, Rows, ShadowsBegun
from sim.state.market import Market
from sim.world import conduct, shadow, take_up
from sim.world.resolution import expected_loss_share

if TYPE_CHECKING:
    from sim.model.bank import BankAtWork

MISFIT = 2  # months by which the dues of a product that does not fit miss the cash peak; A


def decide(bank: BankAtWork, market: Market, firms: Firms, economy: Economy) -> Decided:
    """Decide every request at this bank that is due this month."""
    requests = market.applications
    rows = np.flatnonzero((requests.lender == bank.lender) & (requests.due <= market.month))
    policy, files = bank.policy, bank.view(market, rows)
    walked = take_up.walk_away(market, rows, firms.take_up)

    passed = policy.approval.approve(files, bank.sector_share(market, rows))
    pressure = market.books.pressure[market.books_of(rows, bank.lender)]
    chance = policy.approval.override_chance(files, pressure)
    chance = np.maximum(chance, policy.approval.exploration * ~requests.caught[rows])
    overruled = ~passed & conduct.overruled(market, rows, bank.lender, chance)
    room = bank.room_to_lend(market)[market.firms.run[rows]]
    rate = bank.quote(market, rows, economy)
    approved = (passed | overruled) & room & ~walked & (rate <= policy.pricing.rate_cap)

    offered = rows[approved]
    own_rate = take_up.reservation_rate(
        market, offered, firms.projects, firms.take_up, firms.treasury.informal_rate
    )
    rival_rate = take_up.rival_quote(market, offered, firms.take_up, economy.funding_rate)
    answer = take_up.answer(rate[approved], own_rate, rival_rate)

    taken = approved.copy()
    taken[approved] = answer.taken
    listed = market.file_of(bank.lender).listed_until[rows]
    until = market.month + policy.approval.listing_months
    cost = np.full(rows.size, policy.approval.cost)
    cost[approved] += answer.taken * policy.collateral.valuation_cost
    return Decided(
        lender=bank.lender,
        rows=rows,
        walked=walked,
        approved=approved,
        overridden=approved & overruled,
        rate=rate,
        taken=taken,
        own=_grant(bank, market, offered[answer.taken], rate[approved][answer.taken], firms),
        lost=_grant_elsewhere(market, offered[answer.rival], rival_rate[answer.rival], firms),
        listed_until=np.where(requests.caught[rows], until, listed),
        cost=cost,
        hours=np.full(rows.size, policy.approval.hours),
    )


def shadow_loans(
    bank: BankAtWork, market: Market, decided: Decided, firms: Firms, economy: Economy
) -> ShadowsBegun:
    """Begin shadow loans for a sample of what was decided, refused applications included."""
    rows, requests, projects = decided.rows, market.applications, firms.projects
    amount, term = requests.amount[rows], requests.tenor[rows]
    growth = take_up.project_yield(market, rows, projects)
    coverage = market_coverage(bank, market, rows)
    weight = bank.policy.capital.risk_weight(market.books.mean_pd[market.books_at(bank.lender)])
    aim = bank.policy.return_aim / (1.0 - economy.tax_rate) * bank.policy.capital.target
    return shadow.begin(
        market,
        bank.lender,
        rows,
        firms.yardstick,
        approved=decided.approved,
        booked=decided.taken,
        rate=decided.rate,
        lgd=expected_loss_share(coverage, economy.resolution, economy.discount_rate),
        charges=aim * weight[market.firms.run[rows]],
        funding_rate=economy.funding_rate,
        instalment=level_instalment(amount, decided.rate, term),
        project_income=level_instalment(projects.invested * amount, growth, term),
        invested=projects.invested,
    )


def _grant(bank: BankAtWork, market: Market, rows: Rows, rate: Floats, firms: Firms) -> Granted:
    """Return the loans that this bank pays out, on its own terms."""
    requests, policy = market.applications, bank.policy
    amount, term = requests.amount[rows], requests.tenor[rows]
    product = policy.products.terms(bank.view(market, rows))
    misfit = conduct.dues_miss_the_peak(market, rows, product.fit)
    granted = _grant_elsewhere(market, rows, rate, firms)
    fee = policy.collateral.fund_share * policy.collateral.fund_fee
    return granted._replace(
        lender=bank.lender,
        schedule=product.schedule,
        season_shift=(MISFIT * misfit).astype(np.int8),
        collateral=market_coverage(bank, market, rows) * amount,
        fund_fee=fee * average_balance(amount, rate, term) * term / 12.0 if fee else 0.0 * amount,
    )


def _grant_elsewhere(market: Market, rows: Rows, rate: Floats, firms: Firms) -> Granted:
    """Return the loans that a rival pays out: level instalments, nothing pledged."""
    amount, term = market.applications.amount[rows], market.applications.tenor[rows]
    projects, none = firms.projects, np.zeros(rows.size)
    growth = take_up.project_yield(market, rows, projects)
    return Granted(
        lender=market.rival,
        rows=rows,
        rate=rate,
        schedule=none.astype(np.int8),
        season_shift=none.astype(np.int8),
        instalment=level_instalment(amount, rate, term),
        collateral=none,
        project_income=level_instalment(projects.invested * amount, growth, term),
        invested=projects.invested,
        fund_fee=none,
    )


def level_instalment(amount: Floats, rate: Floats, term: np.ndarray) -> Floats:
    """Return the level monthly instalment, shape (n,), CNY; a negative yield counts as none."""
    return annuity_payment(amount, np.maximum(rate, 0.0), np.maximum(term, 1))
