"""Visits and papers: what an officer sees at a borrower's, and what papers on a loan's use prove.

A visit to a borrower in trouble sees it with chance Phi(z + g sqrt(tau_v)), and takes another for
one in trouble with chance Phi(z), the false alarms that the bank accepts: at precision 0 it is
blind.  Trouble is a loan that is diverted, or cash below some months of costs.  Papers are checked
once, in a loan's first months; a visit finds a diversion at any age of the loan, in the stock and
the books at the borrower's place, and each visit sees or misses it independently of others.
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.draws import salt
from sim.core.params import param
from sim.core.random_numbers import pair_uniforms_at
from sim.credit.normal import cdf, quantile
from sim.mechanisms.base import MechanismParams
from sim.state.market import Market
from sim.state.purposes import Purpose


class Visits(MechanismParams):
    """What visits see and papers prove."""

    sharpness: float = param(
        1.5, unit="probit per root of precision", ge=0, le=20, source="A: prototype of 2026",
        meaning="g: how much the root of a visit's precision raises the chance of seeing trouble",
    )  # fmt: skip
    short_of_cash: float = param(
        1.5, unit="months of costs", ge=0, le=120, source="A: what a firm holds at entry",
        meaning="cash below which a firm is in trouble that can be seen",
    )  # fmt: skip
    papers_prove: float = param(
        0.8, unit="probability", ge=0, le=1, source="A: no published value",
        meaning="probability that a check of papers proves that a loan is diverted",
    )  # fmt: skip


def chance_of_seeing(precision: float, false_alarms: float, visits: Visits) -> float:
    """Return the probability that a visit to a borrower in trouble sees it."""
    return float(cdf(quantile(false_alarms) + visits.sharpness * math.sqrt(precision)))


def short_of_cash(market: Market, rows: Rows, visits: Visits) -> Bools:
    """Return which firms have too little cash, shape (n,)."""
    firms = market.firms
    return np.asarray(firms.cash[rows] < visits.short_of_cash * firms.costs[rows])


def alarmed(
    market: Market, rows: Rows, lender: int, sees: float, false_alarms: float, visits: Visits
) -> Bools:
    """Return at which borrowers visited an officer believes to see trouble, shape (n,)."""
    trouble = market.firms.diverting[rows] | short_of_cash(market, rows, visits)
    return _drawn(market, rows, lender, Purpose.VISIT_SEES, np.where(trouble, sees, false_alarms))


def proven_by_papers(market: Market, rows: Rows, lender: int, visits: Visits) -> Bools:
    """Return which of the loans checked are proven to be diverted, shape (n,)."""
    chance = np.where(market.firms.diverting[rows], visits.papers_prove, 0.0)
    return _drawn(market, rows, lender, Purpose.PAPERS, chance)


def chance_of_proof(market: Market, rows: Rows, success: float) -> Floats:
    """Return the chance that an action on a diverted loan proves it, shape (n,).

    Each finding of a visit under the warning is one more independent trial.
    """
    trials = 1.0 + market.loans.evidence[rows]
    return np.asarray(1.0 - (1.0 - success) ** trials)


def proven_by_action(market: Market, rows: Rows, lender: int, success: float) -> Bools:
    """Return which of the borrowers acted on are proven to divert their loan, shape (n,)."""
    chance = chance_of_proof(market, rows, success)
    chance = np.where(market.firms.diverting[rows], chance, 0.0)
    return _drawn(market, rows, lender, Purpose.PROOF, chance)


def _drawn(market: Market, rows: Rows, lender: int, purpose: Purpose, chance: Floats) -> Bools:
    keys, bank = market.firms.key, market.bank_keys[lender]
    return pair_uniforms_at(keys, rows, bank, salt(purpose, market.month)) < chance
