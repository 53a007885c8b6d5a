"""How pay pulls a bank's officers, the amounts that they propose, and the care that they take.

Nothing differs from the request, or from full care, where officers do not choose.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.view import View
from sim.model.bank import BankAtWork
from sim.state.market import Market
from sim.world import conduct, officers_choice
from sim.world.conduct import Labour
from sim.world.officers_choice import Choice, Pulls


def choose(bank: BankAtWork, labour: Labour) -> bool:
    """Tell whether the officers of a bank choose how to work."""
    return labour.choice.chooses and bank.policy.staffing.people


def pulls(bank: BankAtWork, market: Market, labour: Labour) -> Pulls:
    """Return how strongly pay pulls the officers of a bank, (runs,) each."""
    pressure = market.books.pressure[market.books_at(bank.lender)]
    return officers_choice.pulls(bank.policy.staffing.pay(), labour.choice, pressure)


def proposed(bank: BankAtWork, market: Market, files: View, labour: Labour) -> Floats:
    """Return the amount that officers propose for each request in `files`, (n,), CNY."""
    requested: Floats = files.amount
    if not choose(bank, labour):
        return requested
    share = officers_choice.size_proposed(pulls(bank, market, labour), labour.choice)
    return requested * share[files.run]


def time_for_care(workload: Floats, choice: Choice) -> Floats:
    """Return the share of checks that officers with this workload have time to begin, (n,).

    min(1, 1/u)^s, u the workload and s = `saved_in_number`.  Each check that they do begin suffers
    from time pressure, by their effort.
    """
    there = np.minimum(1.0, 1.0 / np.maximum(workload, 1e-9))
    return np.asarray(there**choice.saved_in_number)


def answers(bank: BankAtWork, market: Market, officers: Rows, labour: Labour) -> Floats:
    """Return the monthly chance that a warning which is due is acted on, (n,).

    `officers` (n,) are those of the loans.  One of usual diligence acts at once, a less diligent
    one leaves some for later.
    """
    if not bank.policy.staffing.people or labour.diligence_log_sd == 0.0:
        return np.ones(officers.size)
    everyone = np.arange(market.officers.key.size)
    return conduct.by_diligence(market, everyone, np.ones(everyone.size), labour)[officers]


def carried_out(bank: BankAtWork, market: Market, officers: Rows, labour: Labour) -> Floats:
    """Return the chance that a prescribed check of a loan is carried out, (n,).

    `officers` (n,) are those of the loans.
    """
    table = market.officers
    by_officer = bank.execution_rate(market)[table.run]
    if bank.policy.staffing.people:
        everyone = np.arange(table.key.size)
        by_officer = conduct.by_diligence(market, everyone, by_officer, labour)
        if labour.choice.chooses:
            by_officer = np.minimum(by_officer * table.care, 1.0)
    return by_officer[officers]
