"""Reading account data: what they say of each of a bank's live loans this month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.order_statistics import thresholds
from sim.core.random_numbers import normal_cdf
from sim.mechanisms import account_data
from sim.mechanisms.account_data import AccountData, Known, all_stress, mean_of_payers, seeing
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
    flagged, trouble, saw, sight, needed, by_chance, above, below = _read_all(
        live, market.firms, market.loans, account_data.noise(market, live, lender, data),
        account_data.was_read(market, live, lender, chance),
        account_data.begins(market.month, data),
        (market.lenders, lender, market.books.cash.size),
        (account_data.noise_sd(means.accounts, data), 1.0 - means.false_alarms), data.record(),
    )  # fmt: skip
    return Reading(flagged, trouble, saw, sight, needed, by_chance, Known(above, below))


@compiled
def _read_all(live, firms, loans, noise, read, begins, places, terms, rule):  # type: ignore[no-untyped-def]
    """Return the fields of `Reading` in turn, (n,) each; those of what was known come last.

    `noise` and `read` are (n,), `begins` tells whether noise is new, `places` are the lenders, the
    bank's number and the books, `terms` the sd of noise and the share of payers not warned of.
    """
    lenders, lender, size = places
    sd, share = terms
    n, trace = live.size, rule.diverting_trace / sd
    stress = all_stress(live, firms, rule)
    scores, pays, books = np.empty(n), np.empty(n, np.bool_), np.empty(n, np.int64)
    for k in range(n):
        i = unsigned(live[k])
        scores[k] = stress[k] + sd * noise[k]
        pays[k] = loans.dpd[i] == 0
        books[k] = np.int64(firms.run[i]) * lenders + lender
    limits = thresholds(scores, pays, books, size, share)
    ordinary = mean_of_payers(stress, pays, books, size)
    of_average = (limits - ordinary) / sd  # noise above it warns of the average loan, by book
    not_above = np.empty(size)
    for book in range(size):
        not_above[book] = normal_cdf(of_average[book])
    flagged, trouble, saw = np.zeros(n, np.bool_), np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    sight, needed, by_chance = np.zeros(n), np.full(n, np.inf), np.empty(n)
    above, below = np.full(n, -np.inf), np.full(n, np.inf)
    for k in range(n):
        i, book = unsigned(live[k]), unsigned(books[k])
        by_chance[k] = of_average[book]
        if not begins:
            above[k], below[k] = loans.ruled_in[i], loans.ruled_out[i]
        if read[k]:
            flagged[k] = scores[k] > limits[book]
            trouble[k] = flagged[k] & (ordinary[book] + sd * noise[k] <= limits[book])
            saw[k] = trouble[k] & firms.diverting[i]
            needed[k] = (limits[book] - stress[k]) / sd
            if_diverting = needed[k] if firms.diverting[i] else needed[k] - trace
            sight[k] = seeing(if_diverting, not_above[book], above[k], below[k])
    return flagged, trouble, saw, sight, needed, by_chance, above, below
