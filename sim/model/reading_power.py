"""How well officers read: a signal, the statements that they cross-check, a borrower, its papers.

Effort, skill and experience make a person's power.  The precision of a signal is for full power;
what a cross-check, a visit or a check of papers finds is for the usual one, so an officer of n
times the usual power finds a lie or a misuse as n usual officers would who look one by one.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.model.bank import BankAtWork
from sim.state.market import Market
from sim.world import conduct
from sim.world.conduct import Labour

LEAST_POWER = 1e-3  # what is read keeps this share of its precision, so that it is never zero


def of_full(bank: BankAtWork, market: Market, officers: Rows, labour: Labour) -> Floats:
    """Return the share of full power that each of these officers reaches, (n,)."""
    learning_time = bank.policy.staffing.time_to_learn
    reached = conduct.soft_power(market, officers, learning_time, labour.head_start)
    return np.maximum(reached, LEAST_POWER)


def over_usual(bank: BankAtWork, market: Market, officers: Rows, labour: Labour) -> Floats:
    """Return the power of these officers over the usual one, (n,); 1 where all find alike."""
    if not (bank.policy.staffing.people and labour.skilled_reading):
        return np.ones(officers.size)
    return of_full(bank, market, officers, labour) / labour.usual_power


def found_with(chance: float, power: Floats) -> Floats:
    """Return the chance that officers find what a usual one finds with `chance`, (n,).

    `1 - (1 - chance)^power`, with `power` (n,) over the usual one.
    """
    return 1.0 - (1.0 - chance) ** power
