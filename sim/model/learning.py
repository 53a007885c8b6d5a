"""How a bank learns: from what its borrowers pay, and from how its old loans ended."""

from __future__ import annotations

import numpy as np

from sim.credit.belief import Belief, update_dimensions_on_outcome
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.state.archive import Archive
from sim.state.facts import NO_FLAGS, NO_ROWS, Bools, Floats, Learned
from sim.state.firms import DIMENSIONS
from sim.state.market import Market
from sim.state.relations import Looks

MATURE = 24  # months after which a loan has shown how it ends; P: usual performance window
NO_BELIEF: Floats = np.empty((len(DIMENSIONS), 0))
QUARTER = 3  # months between looks at a borrower
BEHIND_LEVEL, BEHIND_SLOPE = -2.0, 0.6  # A: chance of being behind at a look, Phi(a - b theta)


def follow_payments(month: BankMonth) -> Learned:
    """Look, each quarter of a loan's life, whether its borrower pays, and learn from it.

    Falling behind is a probit outcome of quality; the belief is matched to its posterior.
    """
    bank, market = month.bank, month.market
    learns = bank.policy.screening.learns_from_behaviour
    if not learns and len(market.banks) == 1:  # and there is nobody to be told
        return Learned(bank.lender, NO_ROWS, NO_BELIEF, NO_BELIEF, NO_FLAGS)
    file, live = market.file_of(bank.lender), market.live_at(bank.lender)
    age = market.month - market.loans.granted[live]
    rows = live[(age > 0) & (age % QUARTER == 0) & ~market.loans.defaulted[live]]
    late = market.loans.dpd[rows] > 0
    believed = Belief(
        file.belief_mean.take(rows, axis=1), file.belief_variance.take(rows, axis=1)
    )
    if learns:
        believed = learned_from(bank, believed, late)
    return Learned(bank.lender, rows, believed.mean, believed.variance, late)


def learned_from(bank: BankAtWork, believed: Belief, late: Bools) -> Belief:
    """Return what a bank believes, (5, n), after one look at each borrower; `late` has (n,)."""
    return update_dimensions_on_outcome(
        bank.policy.rating.weights(),
        believed.mean,
        believed.variance,
        late,
        BEHIND_LEVEL,
        BEHIND_SLOPE,
    )


def learned_from_others(bank: BankAtWork, believed: Belief, looks: Looks) -> Belief:
    """Return what a bank believes, (5, n), after it was told of others' `looks`, (n,) each."""
    for number in range(int(looks.all.max(initial=0))):
        after = learned_from(bank, believed, number < looks.late)
        text = number < looks.all
        believed = Belief(*(np.where(text, *both) for both in zip(after, believed, strict=True)))
    return believed


def learn_rating(bank: BankAtWork, archive: Archive, market: Market, month: int) -> None:
    """Learn once a year from loans old enough to have shown how they end."""
    rating = bank.policy.rating
    if not bank.learns or (month - 1) % rating.learns_every:
        return
    before = month - MATURE
    bank.lessons = [
        rating.learn(*archive.experience(bank.lender, run, before, rating.uses_bureau))
        for run in range(market.runs)
    ]
