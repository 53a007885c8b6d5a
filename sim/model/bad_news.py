"""Bad news: what an officer saw at a borrower's and does not report, since it made the loan.

An officer is silent about a loan that it granted iff B s > chi, with B what the report costs it, s
the share of the foresight for which it stays at the desk, and chi its scruple.  A rotation that
comes near ends the silence, since the successor would report what it finds (Hertzberg, Liberti &
Paravisini 2010); nobody is silent about a predecessor's loan, nor under a warning that saw trouble.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.mechanisms.looking import MOST_LOOKS
from sim.model.bank import BankAtWork
from sim.model.officers_pay import choose
from sim.state.market import Market
from sim.world import officers_choice
from sim.world.conduct import Labour


class News(NamedTuple):
    """What officers report of the borrowers they saw, this month or before."""

    alarmed: Bools  # (n,) trouble, seen or not
    trouble: Bools  # (n,) that a look saw
    times: Rows  # (n,) looks that saw the misuse of the loan
    kept: Rows  # (n,) not reported, as the column `unreported` of loans has it


def silent(bank: BankAtWork, market: Market, live: Rows, labour: Labour) -> Bools:
    """Return at which of its live loans a bank's officers report nothing, (n,)."""
    choice, loans = labour.choice, market.loans
    if choice.blame == 0.0 or not choose(bank, labour):
        return np.zeros(live.size, bool)
    seats = market.officer_rows(live, bank.lender, loans.seat[live])
    stays = bank.policy.staffing.months_at_desk(market.month)
    blame = choice.blame * min(stays / choice.foresight, 1.0)
    chi = officers_choice.scruples(market.officers.integrity, choice)[seats]
    own = loans.granted[live] > market.officers.since[seats]
    return np.asarray(own & (blame > chi) & ~loans.founded[live])


def reported(
    market: Market, live: Rows, alarmed: Bools, trouble: Bools, times: Rows, silent: Bools
) -> News:
    """Return what is reported, and kept, of what was seen this month and kept before, (n,) each."""
    return News(*_reported(live, market.loans.unreported, alarmed, trouble, times, silent))


@compiled
def _reported(live, unreported, alarmed, trouble, times, silent):  # type: ignore[no-untyped-def]
    alarm, grave = np.zeros(live.size, np.bool_), np.zeros(live.size, np.bool_)
    saw, kept = np.zeros(live.size, np.int64), np.zeros(live.size, np.int64)
    for k in range(live.size):
        before = np.int64(unreported[unsigned(live[k])])
        known, seen = alarmed[k] or before > 0, trouble[k] or before > 1
        looks = max(before - 2, 0) + times[k]
        if not silent[k]:
            alarm[k], grave[k], saw[k] = known, seen, looks
        elif known:
            kept[k] = 1 + seen + min(looks, MOST_LOOKS)
    return alarm, grave, saw, kept
