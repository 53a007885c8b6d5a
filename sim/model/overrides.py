"""Overrides: which refusals an officer or exploration turns into approvals.

The chance of an officer's override falls off with the distance d = PD_hat / cut-off - 1 of the
refused file, `exp(-d / override_distance)`.  In a month at most the share `override_quota` of what
passes the rule is overridden, nearest first.  A fraction of a file is made whole at random, by a
number of run, bank and month, so a small branch has the same quota as a large one on average.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.random_numbers import pair_uniforms_at
from sim.core.view import View
from sim.model import officers_pay
from sim.model.bank import BankAtWork
from sim.policies.pricing.base import PriceBasis
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world import conduct
from sim.world.conduct import Labour


def overridden(
    bank: BankAtWork,
    market: Market,
    files: View,
    rows: Rows,
    passed: Bools,
    rate: Floats,
    computed: PriceBasis,
    open_to: Bools,
    labour: Labour,
) -> Bools:
    """Return which files are approved although they have not `passed` (n,) the rule, (n,).

    A quota is filled from the files that are `open_to` (n,) a loan otherwise.  Officers who choose
    inflate reports instead, so that only exploration is left.
    """
    policy = bank.policy.approval
    if officers_pay.choose(bank, labour):
        chance = policy.exploration_chance(files)
    else:
        pressure = market.books.pressure[market.books_at(bank.lender)][files.run]
        chance = policy.override_chance(files, pressure)
    if not policy.limits_overrides:
        return ~passed & conduct.overridden(market, rows, bank.lender, chance)
    distance = _beyond(bank, files, rate, computed)
    chance = policy.override_chance_at(files, chance, distance)
    wanted = ~passed & conduct.overridden(market, rows, bank.lender, chance)
    if policy.quota >= 1.0 or not wanted.any():
        return wanted
    runs = np.arange(market.runs)
    whole = pair_uniforms_at(
        market.economy.key, runs, market.bank_keys[bank.lender],
        salt(Purpose.OVERRIDE_QUOTA, market.month),
    )  # fmt: skip
    room = policy.quota * np.bincount(files.run[passed & open_to], minlength=market.runs)
    nearest_first = np.argsort(distance, kind="stable")
    kept: Bools = within(wanted & open_to, nearest_first, files.run, np.floor(room + whole))
    return kept


def _beyond(bank: BankAtWork, files: View, rate: Floats, computed: PriceBasis) -> Floats:
    """Return by which share of the cut-off each estimate exceeds it, at least 0, (n,)."""
    policy = bank.policy.approval
    pd = files.applications_pd
    most = policy.highest_pd(files, rate, computed) if policy.weighs_profit else policy.cut_off
    cut = np.asarray(most, float)
    over = np.full(pd.shape, np.inf)
    np.divide(pd, cut, out=over, where=cut > 0.0)
    beyond: Floats = np.maximum(over - 1.0, 0.0)
    return beyond


@compiled
def within(wanted, order, run, room):  # type: ignore[no-untyped-def]
    """Return which of the `wanted` files are the first of their run in `order`, (n,).

    `order` (n,) holds places, `run` (n,) the run of each file, `room` (runs,) how many each has.
    """
    kept = np.zeros(wanted.size, np.bool_)
    left = room.copy()
    for k in range(order.size):
        i = order[k]
        if wanted[i] and left[run[i]] >= 1.0:
            kept[i] = True
            left[run[i]] -= 1.0
    return kept
