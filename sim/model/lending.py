"""How applications become loans: who still waits, who is approved at which rate, who accepts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.indexing import rows_where
from sim.model import overrides
from sim.model.bank import BankAtWork
from sim.model.judging import judge
from sim.model.owed import average_owed
from sim.model.proposal import Proposal
from sim.model.segments import by_segment
from sim.policies.collateral.base import Secured
from sim.policies.known_facts import Moment
from sim.policies.products.base import Terms
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.facts import Decided, Granted
from sim.state.market import Market
from sim.state.open_requests import requests_due
from sim.world import conduct, maturities, take_up


class LendingDecision(NamedTuple):
    """What a bank decides on the requests that are due, (n,) each."""

    rows: Rows
    yes: Bools  # an offer, if the applicant still waits
    overridden: Bools  # fails the rule, but an officer or exploration overrides it
    rate: Floats  # 1/year
    proposed: Proposal
    work_cost: Floats  # CNY spent on the decision


def bank_decision(
    bank: BankAtWork,
    market: Market,
    firm_params: FirmParams,
    economy: EconomyParams,
    perfect: bool = False,
) -> LendingDecision:
    """Decide every request at this bank that is due this month; if `perfect`, by true quality."""
    files = requests_due(market, bank.lender)
    return decision_on(bank, market, files, firm_params, economy, perfect)


def decision_on(
    bank: BankAtWork,
    market: Market,
    files: Rows,
    firm_params: FirmParams,
    economy: EconomyParams,
    perfect: bool = False,
) -> LendingDecision:
    """Decide the requests of the firms `files` (n,); if `perfect`, by true quality."""
    return by_segment(
        bank, market, files, Moment.DECISION,
        lambda part, rows, _: _decision(part, market, rows, firm_params, economy, perfect),
    )  # fmt: skip


def _decision(
    bank: BankAtWork,
    market: Market,
    rows: Rows,
    firm_params: FirmParams,
    economy: EconomyParams,
    perfect: bool,
) -> LendingDecision:
    """Decide these requests, for which each of the bank's levers has one value."""
    files = bank.view(market, rows)
    judged = judge(bank, market, files, firm_params, economy, perfect)
    allowed = judged.covered & judged.room & judged.below_cap
    overridden = np.zeros(rows.size, bool)
    if not perfect:
        overridden = overrides.overridden(
            bank, market, files, rows, judged.passed, judged.rate, judged.computed, allowed,
            economy.labour,
        )  # fmt: skip
    yes = (judged.passed | overridden) & allowed
    work_cost = np.full(rows.size, bank.decision_cost)
    return LendingDecision(rows, yes, overridden, judged.rate, judged.proposed, work_cost)


def decide(
    bank: BankAtWork,
    market: Market,
    firm_params: FirmParams,
    economy: EconomyParams,
    perfect: bool = False,
) -> Decided:
    """Decide the applications that are due, and let each firm answer its offer, if it has one.

    Who would ask a bank that is not in the product yet compares what others offer.
    """
    decision = bank_decision(bank, market, firm_params, economy, perfect)
    rows, rate = decision.rows, decision.rate
    walked = take_up.walk_away(market, rows, bank.lender, firm_params.take_up)
    approved = decision.yes & ~walked

    at = rows_where(~walked if bank.closed else approved)
    offered = rows[at]
    own, rival = take_up.alternatives(
        market, offered, firm_params.projects, firm_params.take_up,
        firm_params.treasury.informal_rate, economy.funding_rate,
    )  # fmt: skip
    perceived = rate[at] + take_up.lost_goodwill(market, offered, bank.lender, firm_params.take_up)
    answer = take_up.answer(np.full(at.size, np.inf) if bank.closed else perceived, own, rival)

    taken = np.zeros(rows.size, bool)
    taken[at] = answer.taken
    gone = offered[answer.rival]
    requested = market.requests[bank.lender].amount[gone]
    lost = grant_elsewhere(market, gone, requested, rival[answer.rival], firm_params)
    return decided(
        bank, market, firm_params, decision,
        walked=walked, approved=approved, taken=taken, lost=lost,
    )  # fmt: skip


def decided(
    bank: BankAtWork,
    market: Market,
    firm_params: FirmParams,
    decision: LendingDecision,
    *,
    walked: Bools,
    approved: Bools,
    taken: Bools,
    lost: Granted,
) -> Decided:
    """Return the fact of what was decided and answered, (n,) each, with its costs and loans."""
    rows, policy = decision.rows, bank.policy
    lent = rows_where(taken)
    amount, terms, security = decision.proposed
    mine = Proposal(
        amount=amount[lent],
        terms=Terms(*(part[lent] for part in terms)),
        security=Secured(*(part[lent] for part in security)),
    )
    return Decided(
        lender=bank.lender,
        rows=rows,
        walked=walked,
        approved=approved,
        overridden=approved & decision.overridden,
        rate=decision.rate,
        taken=taken,
        own=_grant(bank, market, rows[lent], mine, decision.rate[lent], firm_params),
        lost=lost,
        listed_until=market.month + policy.approval.listing_months,
        cost=decision.work_cost + security.cost * taken,
        hours=policy.approval.hours,
    )


def _grant(
    bank: BankAtWork,
    market: Market,
    rows: Rows,
    proposed: Proposal,
    rate: Floats,
    firm_params: FirmParams,
) -> Granted:
    """Return the loans that this bank disburses, on its own terms."""
    policy, term = bank.policy, market.requests[bank.lender].tenor[rows]
    amount, terms, security = proposed
    misfit = conduct.dues_miss_the_peak(market, rows, terms.fit)
    granted = grant_elsewhere(market, rows, amount, rate, firm_params)
    schedule = maturities.schedules(market, rows, terms.schedule, term, firm_params.demand)
    fee = policy.collateral.fund_share * policy.collateral.fund_fee
    covered = average_owed(amount, rate, term, schedule) if fee else 0.0 * amount
    return granted._replace(
        lender=bank.lender,
        schedule=schedule,
        season_shift=(policy.products.months_off * misfit).astype(np.int8),
        collateral=security.value * amount,
        security=security.kind,
        guaranteed=security.guaranteed * amount,
        fund_share=policy.collateral.fund_share,
        fund_fee=fee * covered * term / 12.0,
    )


def grant_elsewhere(
    market: Market, rows: Rows, amount: Floats, rate: Floats, firm_params: FirmParams
) -> Granted:
    """Return the loans that a rival disburses: level instalments, no collateral.

    `amount` (n,) CNY and `rate` (n,) 1/year are those of the firms in `rows`.
    """
    none, nothing = np.zeros(rows.size), np.zeros(rows.size, np.int8)
    return Granted(
        lender=market.rival,
        rows=rows,
        amount=amount,
        rate=rate,
        schedule=nothing,
        season_shift=nothing,
        collateral=none,
        security=nothing,
        guaranteed=none,
        project_yield=take_up.project_yield(market, rows, firm_params.projects),
        invested=firm_params.projects.invested,
        fund_share=0.0,
        fund_fee=none,
    )
