"""How a bank learns: from its borrowers' payments, and from the outcomes of its old loans."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.compiled import compiled
from sim.core.indexing import rows_where, unsigned
from sim.credit.belief import Belief, update_dimensions_on_outcome
from sim.mechanisms.quality import Faded, Moved
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.state.archive import Archive
from sim.state.facts import NO_FLAGS, NO_ROWS, Learned
from sim.state.firms import DIMENSIONS
from sim.state.market import Market
from sim.state.recall import on_file
from sim.state.relations import Looks

NO_BELIEF: Floats = np.empty((len(DIMENSIONS), 0))


def follow_payments(month: BankMonth) -> Learned:
    """Look at intervals of a loan's life whether its borrower pays, and learn from it.

    Being in arrears is a probit outcome of quality; the new belief has the posterior's moments.
    """
    bank, market = month.bank, month.market
    screening = bank.policy.screening
    learns = screening.learns_from_behaviour
    if not learns and len(market.banks) == 1:  # and there is no other bank to inform
        return Learned(bank.lender, NO_ROWS, NO_BELIEF, NO_BELIEF, NO_FLAGS)
    file, live = market.file_of(bank.lender), market.live_at(bank.lender)
    rows = _checked(live, market.loans, market.month, screening.check_months)
    late = market.loans.dpd[rows] > 0
    believed = Belief(*on_file(rows, file))
    if learns:
        believed = learned_from(bank, believed, late, month.firm_params.weights)
    return Learned(bank.lender, rows, believed.mean, believed.variance, late)


@compiled
def _checked(live, loans, month, every):  # type: ignore[no-untyped-def]
    """Return those of the loans `live` (n,) whose payments are looked at in a month."""
    due = np.empty(live.size, np.bool_)
    for k in range(live.size):
        i = unsigned(live[k])
        age = month - loans.granted[i]
        due[k] = (age > 0) & (age % every == 0) & (not loans.defaulted[i])
    return live[rows_where(due)]


def forget(month: BankMonth) -> Faded | None:
    """Let what a bank has on file fade as the quality of its firms moves."""
    moved = month.found(Moved)
    if moved is None:
        return None
    strangers = month.bank.policy.screening.optimism * month.firm_params.weights
    return Faded(month.bank.lender, moved.rows, moved.kept, strangers)


def learned_from(bank: BankAtWork, believed: Belief, late: Bools, usual: Floats) -> Belief:
    """Return what a bank believes, (5, n), after one check of each borrower; `late` has (n,).

    `usual` (5,) are the dimensions' weights in overall quality.
    """
    screening = bank.policy.screening
    return update_dimensions_on_outcome(
        bank.policy.rating.weights(usual),
        believed.mean,
        believed.variance,
        late,
        screening.arrears_level,
        screening.arrears_slope,
    )


def learned_from_others(bank: BankAtWork, believed: Belief, looks: Looks, usual: Floats) -> Belief:
    """Return what a bank believes, (5, n), after learning of others' checks, `looks`, (n,) each."""
    for number in range(int(looks.all.max(initial=0))):
        after = learned_from(bank, believed, number < looks.late, usual)
        known = number < looks.all
        believed = Belief(*(np.where(known, *both) for both in zip(after, believed, strict=True)))
    return believed


def learn_rating(bank: BankAtWork, archive: Archive, market: Market, month: int) -> None:
    """Update the rating, at its own interval, from loans old enough to have an outcome."""
    rating = bank.policy.rating
    if not bank.learns or (month - 1) % rating.learns_every:
        return
    before = month - rating.outcome_after
    bank.lessons = [
        rating.learn(*archive.experience(bank.lender, run, before, rating.uses_bureau))
        for run in range(market.runs)
    ]


def relearn(bank: BankAtWork, archive: Archive, market: Market, since: int) -> None:
    """Let a bank know what it learned up to the market's month, if it has been at work `since` one.

    That is what its archive told it when it last learned.
    """
    if not bank.learns:
        return
    last = market.month - (market.month - 1) % bank.policy.rating.learns_every
    if last >= since:
        learn_rating(bank, archive.before(last, market.first_month), market, last)
