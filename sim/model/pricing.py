"""What a bank reckons with when it sets a rate: the break-even of a loan and of its book."""

from __future__ import annotations

import numpy as np

from sim.credit.pricing import capital_charge, reckoned_cost, reckoned_rate
from sim.model.bank import BankAtWork
from sim.policies.pricing import PriceBasis
from sim.scenario.schema import Economy
from sim.state.facts import Floats, Rows
from sim.state.market import Market
from sim.world.resolution import expected_loss_share

SURELY = 0.99  # an estimate above this is priced like this one
HORIZON = 12  # months over which a rating's probability of default is meant
TYPICAL = 2.5e5  # CNY, balance of the average loan that the book's rate is reckoned for
TYPICAL_TERM = 12


def quote(bank: BankAtWork, market: Market, rows: Rows, economy: Economy) -> Floats:
    """Return the rate offered for the requests in `rows`, shape (n,), 1/year."""
    reckoned = basis(bank, market, rows, economy)
    return np.maximum(bank.policy.pricing.rate(bank.view(market, rows), reckoned), 0.0)


def basis(bank: BankAtWork, market: Market, rows: Rows, economy: Economy) -> PriceBasis:
    """Return the break-even rates of the requested loans and of the book."""
    policy, requests = bank.policy, market.applications
    pd = np.minimum(requests.pd[rows], SURELY)
    mean_pd = np.minimum(market.books.mean_pd[market.books_at(bank.lender)], SURELY)
    weight = policy.capital.risk_weight(mean_pd)
    run = market.firms.run[rows]
    counted = policy.collateral.counted
    coverage = counted * policy.collateral.pledged(bank.view(market, rows))
    lgd = expected_loss_share(coverage, economy.resolution, economy.discount_rate)
    cover = counted * market.books.mean_cover[market.books_at(bank.lender)]
    typical_lgd = expected_loss_share(cover, economy.resolution, economy.discount_rate)
    file_cost = policy.approval.decision_cost + sum(step.cost for step in policy.screening.steps())
    amount = requests.amount[rows]
    term = np.maximum(requests.tenor[rows], 1)
    own_cost = reckoned_cost(policy.cost_per_loan, file_cost, 0.55 * amount, term)
    book_cost = reckoned_cost(policy.cost_per_loan, file_cost, TYPICAL, TYPICAL_TERM)

    capital = capital_charge(policy.capital.target * weight, policy.return_aim, economy.tax_rate)
    funding = economy.funding_rate
    own = reckoned_rate(pd, HORIZON, lgd, funding, capital[run] + own_cost)
    book = reckoned_rate(mean_pd, HORIZON, typical_lgd, funding, capital + book_cost)
    return PriceBasis(own, book[run])
