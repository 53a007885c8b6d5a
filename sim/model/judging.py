"""How requests are held against a bank's rule and limits, before anybody overrides the rule."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.errors import RequestError
from sim.core.view import View
from sim.model.bank import BankAtWork
from sim.model.good_firms import pay_their_way
from sim.model.pricing import basis, quote
from sim.model.proposal import Proposal, proposal_for
from sim.model.standing import may_lend
from sim.policies.approval.base import Approval
from sim.policies.pricing.base import PriceBasis
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.exposure import gross_by_sector
from sim.state.market import Market

ROUNDING = 1e-9  # tolerance by which cover may be below the minimum


class Judged(NamedTuple):
    """What a bank's rule and limits say of requests, (n,) each."""

    rate: Floats  # 1/year
    passed: Bools  # by the rule
    covered: Bools  # there is enough collateral
    room: Bools  # the bank may lend
    below_cap: Bools  # the rate is allowed
    proposed: Proposal
    computed: PriceBasis


def judge(
    bank: BankAtWork,
    market: Market,
    files: View,
    firm_params: FirmParams,
    economy: EconomyParams,
    perfect: bool = False,
) -> Judged:
    """Hold the requests in `files` against the rule and limits, before anybody overrides it."""
    policy, rows = bank.policy, files.rows
    proposed = proposal_for(bank, market, files, firm_params, economy)
    computed = basis(bank, market, files, files.applications_pd, proposed, firm_params, economy)
    rate = quote(bank, files, computed)
    limited = policy.approval.limits_sectors
    share = sector_share(bank, market, rows) if limited else np.zeros(rows.size)
    passed = approved_by(policy.approval, files, share, rate, computed)
    if perfect:
        passed = pay_their_way(bank, market, rows, rate, firm_params, economy)
    return Judged(
        rate=rate,
        passed=passed,
        covered=computed.cover >= policy.collateral.least_cover - ROUNDING,
        room=may_lend(bank, market)[files.run],
        below_cap=rate <= policy.pricing.rate_cap,
        proposed=proposed,
        computed=computed,
    )


def approved_by(
    policy: Approval, files: View, share: Floats, rate: Floats, computed: PriceBasis
) -> Bools:
    """Return which applications a policy approves (n,); raises `RequestError` for another answer.

    A plug-in may return anything; a number in place of an array would approve everybody.
    """
    answer = policy.approve(files, share, rate, computed)
    if isinstance(answer, np.ndarray) and answer.dtype == bool and answer.shape == rate.shape:
        return answer
    found = type(answer).__name__
    if isinstance(answer, np.ndarray):
        found = f"an array of {answer.dtype} of shape {answer.shape}"
    raise RequestError(
        f"approve of '{policy.kind}' must return an array of True or False, of shape "
        f"{rate.shape}, one for each application; found {found}"
    )


def sector_share(bank: BankAtWork, market: Market, rows: Rows) -> Floats:
    """Return the share of this bank's gross loans that each applicant's sector has, (n,)."""
    gross = np.maximum(market.books.gross_loans[market.books_at(bank.lender)], 1.0)
    share: Floats = gross_by_sector(market, bank.lender) / gross
    return share[market.firms.sector[rows], market.firms.run[rows]]
