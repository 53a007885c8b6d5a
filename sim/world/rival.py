"""The rival: what it reads of a firm, whether it refuses, and the rate that it quotes.

Its parameters stand with what else a firm may choose (`sim.world.take_up.TakeUp`).
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.random_numbers import normal
from sim.credit.belief import default_probability
from sim.credit.pricing import rate_of_costs
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world.signals import DIMENSION

# the firm's part of the noise in what banks read, by dimension of quality
FIRM_SALTS = np.array(
    [salt(Purpose.FIRM_NOISE, int(signal)) for signal in sorted(DIMENSION, key=DIMENSION.get)],  # type: ignore[arg-type]
    np.uint64,
)


@compiled
def rival_noise(key, rule, weights, salts):  # type: ignore[no-untyped-def]
    """Return the noise in the rival's signal on one firm, in its own sd.

    `salts` are those of the rival's own noise and of the firm's part in each dimension (5,), in
    which overall quality has `weights` (5,).
    """
    own_salt, firm_salts = salts
    own = normal(key, own_salt)
    if rule.rival_shared == 0.0:
        return own
    shared = 0.0
    for k in range(weights.size):
        shared += weights[k] * normal(key, firm_salts[k])
    return math.sqrt(rule.rival_shared) * shared + math.sqrt(1.0 - rule.rival_shared) * own


@compiled
def rival_rate(theta, noise, rule, funding_rate, followed):  # type: ignore[no-untyped-def]
    """Return the rate that a rival quotes to a firm, from its signal of quality, 1/year.

    Infinite where it refuses.  All arguments are numbers, of one firm; `noise` is standard normal,
    `followed` is added to the margin, 1/year.
    """
    tau = rule.rival_precision
    reading = theta + noise / math.sqrt(tau)
    pd = default_probability(
        reading * tau / (1.0 + tau), 1.0 / (1.0 + tau), rule.rival_level, rule.rival_slope
    )
    if pd > rule.rival_cut_off:
        return np.inf
    pd = min(pd, rule.rival_limit)
    margin = rule.rival_margin + followed
    quoted = rate_of_costs(pd, rule.rival_term, rule.rival_lgd, funding_rate, margin)
    return max(quoted, 0.0)


def margin_followed(market: Market, follows: float) -> Floats:
    """Return what the rival adds to its margin as the banks' usual rate moves, (runs,), 1/year."""
    if follows == 0.0 or market.month < 1:
        return np.zeros(market.runs)
    books = market.books
    change = np.where(books.rate_at_start > 0.0, books.usual_rate - books.rate_at_start, 0.0)
    banks = slice(0, len(market.banks))  # the last lender is the rival itself
    followed: Floats = follows * change.reshape(market.runs, -1)[:, banks].mean(axis=1)
    return followed
