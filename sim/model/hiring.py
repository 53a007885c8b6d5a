"""Hiring: how many officers a bank has in a month, in each run.

A bank has the officers that it plans, but who may not lend hires nobody: the staff that is there
stays and is paid, and a plan that needs fewer still sends people away.  When the bank may lend
again, it has at once the officers that its plan has come to.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.model.bank import BankAtWork
from sim.model.standing import may_lend
from sim.state import teams
from sim.state.market import Market


def team(bank: BankAtWork, market: Market) -> Floats:
    """Return a bank's officers for the month to come, (runs,), part-time ones as shares."""
    kept = np.minimum(teams.full_time(market, bank.lender), bank.full_time)
    hires = may_lend(bank, market) | (market.month < market.first_month)  # a new bank hires all
    return np.where(hires, bank.full_time, kept)
