"""Visits and papers: what an officer sees at a borrower's, and what papers on a loan's use prove.

A visit to a borrower in trouble alarms with chance Phi(z + g sqrt(tau_v)), and takes another for
one in trouble with chance Phi(z), the false alarms that the bank accepts.  Trouble is a loan that
is diverted, or cash below some months of costs.  Of the alarms at a firm in trouble the share
beyond the false ones has seen it; what was not seen can be neither proven nor helped, so at
precision 0 a visit is blind and leads to nothing.  Papers are checked once, in a loan's first
months; a visit finds a diversion at any age of the loan, in the stock and the books at the
borrower's place, and each visit sees or misses it independently of others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.params import param
from sim.credit.normal import cdf, quantile
from sim.mechanisms.base import MechanismParams
from sim.state.market import Market
from sim.state.pair_draws import pair_draws
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


class Chances(NamedTuple):
    """The probabilities of visits, one for all or (n,) for each."""

    alarm: Floats | float  # at a borrower in trouble
    false_alarm: float  # at any other
    sight: Floats | float  # of seeing trouble where it is: an alarm that is not a false one


class Seen(NamedTuple):
    """What an officer saw at the borrowers visited."""

    alarmed: Bools  # (n,) it believes to see trouble
    trouble: Bools  # (n,) it saw trouble that is there; it is then alarmed, too
    misuse: Bools  # (n,) and it is that the loan is diverted


def made(market: Market, rows: Rows, lender: int, chance: Floats) -> Bools:
    """Return which borrowers are visited this month, shape (n,); `chance` (n,) is per month."""
    return pair_draws(market, rows, lender, Purpose.INSPECTION) < chance


def papers_checked(market: Market, rows: Rows, lender: int, chance: Floats) -> Bools:
    """Return for which loans the papers on their use are checked, shape (n,)."""
    return pair_draws(market, rows, lender, Purpose.PROCEEDS_CHECK) < chance


def chances(precision: Floats | float, false_alarms: float, visits: Visits) -> Chances:
    """Return the probabilities of visits.

    `precision`, 1/sd^2, is one for all or (n,) for each; `false_alarms` is a share.
    """
    alarm = cdf(quantile(false_alarms) + visits.sharpness * np.sqrt(precision))
    sight = np.maximum(alarm - false_alarms, 0.0) / (1.0 - false_alarms)
    return Chances(alarm, false_alarms, sight)


def short_of_cash(market: Market, rows: Rows, visits: Visits) -> Bools:
    """Return which firms have too little cash, shape (n,)."""
    firms = market.firms
    return np.asarray(firms.cash[rows] < visits.short_of_cash * firms.costs[rows])


def seen(market: Market, rows: Rows, lender: int, chances: Chances, visits: Visits) -> Seen:
    """Return what officers see at the borrowers visited, `rows` (n,)."""
    diverting = market.firms.diverting[rows]
    trouble = diverting | short_of_cash(market, rows, visits)
    draws = pair_draws(market, rows, lender, Purpose.VISIT_SEES)
    sees = draws < chances.sight
    return Seen(
        alarmed=draws < np.where(trouble, chances.alarm, chances.false_alarm),
        trouble=trouble & sees,
        misuse=diverting & sees,
    )


def proven_by_papers(market: Market, rows: Rows, lender: int, chance: Floats) -> Bools:
    """Return which of the loans checked are proven to be diverted, (n,), `chance` (n,) if so."""
    proven = pair_draws(market, rows, lender, Purpose.PAPERS) < chance
    return np.asarray(market.firms.diverting[rows] & proven)


def answered(market: Market, rows: Rows, lender: int, chance: Floats) -> Bools:
    """Return which of the warnings that are due are acted on this month, (n,)."""
    return pair_draws(market, rows, lender, Purpose.WARNING_ANSWERED) < chance


def chance_of_proof(market: Market, rows: Rows, success: float) -> Floats:
    """Return the chance that an action on a diverted loan proves it, shape (n,).

    Each look under the warning that saw the misuse is an independent trial; where none did, there
    is nothing to prove.
    """
    return np.asarray(1.0 - (1.0 - success) ** market.loans.evidence[rows])


def proven_by_action(market: Market, rows: Rows, lender: int, success: float) -> Bools:
    """Return which of the borrowers acted on are proven to divert their loan, shape (n,)."""
    draws = pair_draws(market, rows, lender, Purpose.PROOF)
    proven = draws < chance_of_proof(market, rows, success)
    return np.asarray(market.firms.diverting[rows] & proven)
