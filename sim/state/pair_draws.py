"""The random numbers of firms and a bank: one for each pair, purpose and month."""

from __future__ import annotations

from sim.core.arrays import Floats, Rows
from sim.core.draws import salt
from sim.core.random_numbers import pair_uniforms_at
from sim.state.market import Market
from sim.state.purposes import Purpose


def pair_draws(market: Market, rows: Rows, bank: int, purpose: Purpose) -> Floats:
    """Return this month's uniform numbers of the firms `rows` and a bank, (n,)."""
    this_month = salt(purpose, market.month)
    draws: Floats = pair_uniforms_at(market.firms.key, rows, market.bank_keys[bank], this_month)
    return draws
