"""Reading account data: what they say of each of a bank's live loans this month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.mechanisms import account_data
from sim.mechanisms.account_data import AccountData, Known
from sim.model.bank_month import BankMonth
from sim.policies.monitoring.base import Watch


class Reading(NamedTuple):
    """What account data say of a bank's live loans."""

    flagged: Bools  # (n,) a warning is due
    trouble: Bools  # (n,) and not by chance: it saw trouble
    saw: Bools  # (n,) and the loan is diverted
    sight: Floats  # (n,) chance of trouble seen if it is diverted; 0 where nobody read
    needed: Floats  # (n,) noise above it warns; infinite where nobody read
    by_chance: Floats  # (n,) noise above it warns of the average loan, too
    before: Known  # of the noise


def read_accounts(month: BankMonth, live: Rows, chance: Floats, means: Watch) -> Reading:
    """Read account data, with `chance` (n,) that somebody does."""
    market, lender, data = month.market, month.bank.lender, month.params(AccountData)
    if means.accounts == 0.0 or not live.size:
        no, none = np.zeros(live.size, bool), np.zeros(live.size)
        never = np.full(live.size, np.inf)
        return Reading(no, no, no, none, never, never, Known(-never, never))
    diverting = market.firms.diverting[live]
    stress = account_data.all_stress(live, market.firms, data.record())
    sd = account_data.noise_sd(means.accounts, data)
    noise = account_data.noise(market, live, lender, data)
    books, size = market.books_of(live, lender), market.books.cash.size
    pays, share = market.loans.dpd[live] == 0, 1.0 - means.false_alarms
    error = sd * noise
    scores = stress + error
    threshold = account_data.thresholds(scores, pays, books, size, share)[books]
    ordinary = account_data.mean_of_payers(stress, pays, books, size)[books]
    needed, by_chance = (threshold - stress) / sd, (threshold - ordinary) / sd
    if_diverting = np.where(diverting, needed, needed - data.diverting_trace / sd)
    read = account_data.was_read(market, live, lender, chance)
    before = account_data.known(market, live, data)
    flagged = read & (scores > threshold)
    trouble = flagged & (ordinary + error <= threshold)
    sight = account_data.chance_of_seeing(if_diverting, by_chance, before)
    return Reading(
        flagged=flagged,
        trouble=trouble,
        saw=trouble & diverting,
        sight=np.where(read, sight, 0.0),
        needed=np.where(read, needed, np.inf),
        by_chance=by_chance,
        before=before,
    )
