"""Visits to borrowers and checks of their papers: which ones a bank makes, and what they find."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.indexing import rows_where
from sim.mechanisms import visits
from sim.mechanisms.visits import Visits
from sim.model import reading_power
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.segments import by_segment
from sim.policies.known_facts import Moment
from sim.policies.monitoring.base import Watch
from sim.state.market import Market


class Visited(NamedTuple):
    """This month's visits to a bank's live loans, (live,) unless said otherwise."""

    rows: Rows  # (n,) that are visited
    alarmed: Bools  # the officer believes to see trouble
    trouble: Bools  # it saw trouble that is there
    times: Rows  # looks that saw the misuse of the loan, 0 or 1
    sight: Floats  # chance of seeing trouble where it is; 0 where nobody visits


class Checked(NamedTuple):
    """This month's checks of the papers on the use of a bank's live loans."""

    rows: Rows  # (n,) that are checked
    proven_at: Rows  # (m,) places, among the live loans, of those proven to be diverted
    proof: Floats  # (live,) chance of proof if a loan is diverted; 0 where nobody checks


def visit(month: BankMonth, live: Rows, officers: Rows, execution: Floats, means: Watch) -> Visited:
    """Visit borrowers of the loans `live`, as often as the policy prescribes and `officers` do it.

    `officers` (live,) are those of the loans, `execution` (live,) the chance that one carries out
    what is prescribed.
    """
    bank, market, seeing = month.bank, month.market, month.params(Visits)
    chance = chance_of_visit(bank, market, live) * execution
    at = rows_where(visits.made(market, live, bank.lender, chance))  # places in `live`
    visited = live[at]
    power = reading_power.over_usual(bank, market, officers[at], month.economy.labour)
    chances = visits.chances(means.precision * power, means.false_alarms, seeing)
    found = visits.seen(market, visited, bank.lender, chances, seeing)
    alarmed, trouble = np.zeros((2, live.size), bool)
    times, sight = np.zeros(live.size, np.int64), np.zeros(live.size)
    alarmed[at], trouble[at], times[at] = found.alarmed, found.trouble, found.misuse
    sight[at] = chances.sight
    return Visited(visited, alarmed, trouble, times, sight)


def check_papers(
    month: BankMonth, live: Rows, officers: Rows, execution: Floats, means: Watch
) -> Checked:
    """Check the papers of the loans `live` that are of the age to be checked, as `visit` does."""
    bank, market = month.bank, month.market
    of_age = rows_where(market.loans.granted[live] == market.month - means.check_month)
    new = live[of_age]
    chance = chance_of_check(bank, market, new) * execution[of_age]
    at = of_age[visits.papers_checked(market, new, bank.lender, chance)]  # places in `live`
    checked = live[at]
    power = reading_power.over_usual(bank, market, officers[at], month.economy.labour)
    found_with = reading_power.found_with(month.params(Visits).papers_prove, power)
    proven_at = at[visits.proven_by_papers(market, checked, bank.lender, found_with)]
    proof = np.zeros(live.size)
    proof[at] = found_with
    return Checked(checked, proven_at, proof)


def chance_of_visit(bank: BankAtWork, market: Market, live: Rows) -> Floats:
    """Return the prescribed chance that each borrower is visited this month, (n,)."""
    return by_segment(
        bank, market, live, Moment.LOAN,
        lambda part, rows, _: part.policy.monitoring.inspection_chance(part.view(market, rows)),
    )  # fmt: skip


def chance_of_check(bank: BankAtWork, market: Market, new: Rows) -> Floats:
    """Return the prescribed chance that the papers of each new loan are checked, (n,)."""
    return by_segment(
        bank, market, new, Moment.LOAN,
        lambda part, rows, _: np.full(rows.size, part.policy.monitoring.watch().proceeds_check),
    )  # fmt: skip
