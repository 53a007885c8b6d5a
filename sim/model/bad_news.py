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
    chi = officers_choice.scruples(market.officers.integrity[seats], choice)
    own = loans.granted[live] > market.officers.since[seats]
    return np.asarray(own & (blame > chi) & ~loans.founded[live])


def reported(
    market: Market, live: Rows, alarmed: Bools, trouble: Bools, times: Rows, silent: Bools
) -> News:
    """Return what is reported, and kept, of what was seen this month and kept before, (n,) each."""
    kept = market.loans.unreported[live].astype(np.int64)
    known, seen, looks = alarmed | (kept > 0), trouble | (kept > 1), np.maximum(kept - 2, 0) + times
    return News(
        alarmed=known & ~silent,
        trouble=seen & ~silent,
        times=np.where(silent, 0, looks),
        kept=np.where(known & silent, 1 + seen + np.minimum(looks, 100), 0),
    )
