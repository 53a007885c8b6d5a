"""The basis on which a bank sets a rate: break-even rates of a loan and of its book."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.months import monthly_fading
from sim.core.view import View
from sim.credit.pricing import cost_of_rate, rate_of_costs
from sim.model import counting_on
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.owed import mean_owed
from sim.model.own_costs import carried_by_rates, spent_per_loan
from sim.model.proposal import Proposal, proposal_for
from sim.model.security import counted_cover, counted_shares
from sim.policies.pricing.base import PriceBasis
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.facts import CostsInPrice
from sim.state.market import Market
from sim.world.resolution import expected_loss_share


def quote(bank: BankAtWork, files: View, computed: PriceBasis) -> Floats:
    """Return the rate offered for the requests in `files`, shape (n,), 1/year."""
    pricing = bank.policy.pricing
    return np.maximum(pricing.capped(pricing.rate(files, computed), computed.funding_rate), 0.0)


def highest_pd(
    bank: BankAtWork,
    market: Market,
    files: View,
    pd: Floats,
    firm_params: FirmParams,
    economy: EconomyParams,
) -> Floats | float:
    """Return the highest PD that the bank would approve, given what it believes so far.

    It is one number for all or, if approval depends on the loan's profit, shape (n,): the highest
    PD at the rate that the bank would quote for its estimate `pd` (n,).
    """
    approval = bank.policy.approval
    if not approval.weighs_profit:
        return approval.cut_off
    proposed = proposal_for(bank, market, files, firm_params, economy)
    computed = basis(bank, market, files, pd, proposed, firm_params, economy)
    return approval.highest_pd(files, quote(bank, files, computed), computed)


def basis(
    bank: BankAtWork,
    market: Market,
    files: View,
    pd: Floats,
    proposed: Proposal,
    firm_params: FirmParams,
    economy: EconomyParams,
) -> PriceBasis:
    """Return the break-even rates of the requested loans and of the book, (n,) each, 1/year.

    `pd` (n,) is the bank's estimate.  The average loan of the book is of the same kind as the one
    requested, since costs are spread over what is owed.
    """
    policy, pricing, security = bank.policy, bank.policy.pricing, proposed.security
    pd = np.minimum(pd, pricing.pd_limit)
    mean_pd = np.minimum(market.books.mean_pd[market.books_at(bank.lender)], pricing.pd_limit)
    counted = counted_shares(policy)
    coverage = counted_cover(counted, security)
    lgd = expected_loss_share(coverage, economy.resolution, economy.discount_rate)
    of_book = market.books.mean_cover[:, market.books_at(bank.lender)]
    cover = (counted[:, None] * of_book).sum(axis=0)  # summed over kinds
    typical_lgd = expected_loss_share(cover, economy.resolution, economy.discount_rate)
    if bank.guarantees.share > 0.0:
        lgd = lgd * (1.0 - counting_on.paid_by_partners(bank, market, files, security))
        typical_lgd = typical_lgd * (1.0 - counting_on.paid_for_book(bank, market))
    file_cost = bank.expected_file_cost(market)  # by run
    owed = mean_owed(bank, market, files, proposed.terms, firm_params.demand)
    balance = owed * proposed.amount
    typical = pricing.typical_balance * (owed / pricing.paid_down)
    loan_cost, borne = _costs_borne(bank, market, file_cost)
    own_cost = cost_of_rate(loan_cost[files.run], borne[files.run], balance, files.tenor)
    book_cost = cost_of_rate(loan_cost[files.run], borne[files.run], typical, pricing.typical_term)

    capital = bank.capital_charge(mean_pd, economy.tax_rate)
    funding = economy.funding_rate
    charges, of_mean = capital[files.run] + own_cost, capital[files.run] + book_cost
    mean_pd, typical_lgd = mean_pd[files.run], typical_lgd[files.run]
    own = rate_of_costs(pd, pricing.horizon, lgd, funding, charges)
    book = rate_of_costs(mean_pd, pricing.horizon, typical_lgd, funding, of_mean)
    return PriceBasis(
        own=own,
        book=book,
        cover=coverage,
        lgd=lgd,
        charges=charges,
        balance=balance,
        file_cost=file_cost[files.run],
        security_cost=security.cost * (1.0 - carried_by_rates(bank)),
        funding_rate=funding,
        horizon=pricing.horizon,
    )


def _costs_borne(bank: BankAtWork, market: Market, file_cost: Floats) -> tuple[Floats, Floats]:
    """Return what a loan costs a year and the file costs that it bears, (runs,) each, CNY."""
    pricing, usual = bank.policy.pricing, bank.policy.cost_per_loan
    own = market.books.cost_in_price[market.books_at(bank.lender)]
    share = pricing.pass_through
    return usual + share * (own - usual), file_cost * (1.0 + share * (pricing.files_per_loan - 1.0))


def costs_in_price(month: BankMonth) -> CostsInPrice | None:
    """Return the bank's own cost of a loan, planned and spent, which its rates follow slowly."""
    bank = month.bank
    pricing = bank.policy.pricing
    if pricing.pass_through == 0.0:
        return None
    return CostsInPrice(
        lender=bank.lender,
        planned=bank.planned_cost_per_loan,
        spent=spent_per_loan(bank, month.market),
        weight=1.0 - monthly_fading(pricing.cost_memory),
        step=pricing.cost_step / 12.0 * pricing.typical_balance,
    )
