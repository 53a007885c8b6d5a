"""The rival: what it reads of a firm, whether it refuses, and the rate that it quotes.

Its parameters stand with what else a firm may choose (`sim.world.take_up.TakeUp`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from sim.core.arrays import Floats, Keys, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import rows_where, unsigned
from sim.core.random_numbers import uniform
from sim.credit.belief import default_probability
from sim.credit.pricing import rate_of_costs
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world.lasting_noise import LASTING, lasting_noise, weighted_noise
from sim.world.signals import DIMENSION

OWN = LASTING - 1  # number of the rivals' own noise; those before are signals
_DIMENSIONS: Rows = np.array([*DIMENSION.values()])
_SALTS: Keys = np.array([salt(Purpose.FIRM_NOISE, int(signal)) for signal in DIMENSION])


def rival_noise(market: Market, rows: Rows, shared: float) -> Floats:
    """Return the noise in the first rival's signal on the firms in `rows`, (n,), in its own sd.

    `shared` is the share of its variance that is the firms' own part in what banks read, each
    dimension with its weight in overall quality.
    """
    return next(rival_noises(market, rows, shared, 1))


def rival_noises(market: Market, rows: Rows, shared: float, rivals: int) -> Iterator[Floats]:
    """Return the noise in each rival's signal, (n,), as `rival_noise`.

    What the firms share with it misleads all lenders; the rest is each rival's own.
    """
    if shared > 0.0:
        weights = market.quality_weights[_DIMENSIONS]
        common = weighted_noise(market, rows, _SALTS, weights)
    for which in range(rivals):
        at_birth = salt(Purpose.RIVAL_NOISE, other=which)
        own = lasting_noise(market, rows, at_birth, OWN, which)
        yield own if shared == 0.0 else math.sqrt(shared) * common + math.sqrt(1.0 - shared) * own


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


@compiled
def asking(rows, firms, available, salts):  # type: ignore[no-untyped-def]
    """Return the places in `rows` (n,) of the applicants who can ask any rival, ascending.

    `available` is the chance that one can be asked, `salts` (rivals,) are those of its draw.
    """
    asks = np.zeros(rows.size, np.bool_)
    for k in range(rows.size):
        for one in salts:
            asks[k] |= uniform(firms.key[unsigned(rows[k])], one) < available
    return rows_where(asks)


@compiled
def undercut(best, at, rows, firms, rule, funding_rate, noises, followed, salts):  # type: ignore[no-untyped-def]
    """Lower the best of other rates, `best` (n,), where a rival quotes less, 1/year.

    `noises` (rivals, m) are in the rivals' signals on those `at` (m,) some places of `rows` (n,),
    who can ask a rival; `followed` (runs,) is added to their margin, `salts` (rivals,) are those of
    the chance that one can be asked.
    """
    for which in range(salts.size):
        for j in range(at.size):
            k = unsigned(at[j])
            i = unsigned(rows[k])
            if uniform(firms.key[i], salts[which]) < rule.rival_available:
                noise, more = noises[which, j], followed[firms.run[i]]
                rate = rival_rate(firms.theta[i], noise, rule, funding_rate, more)
                best[k] = min(best[k], rate)


def margin_followed(market: Market, follows: float) -> Floats:
    """Return what the rival adds to its margin as the banks' usual rate moves, (runs,), 1/year."""
    if follows == 0.0 or market.month < 1:
        return np.zeros(market.runs)
    books = market.books
    change = np.where(books.rate_at_start > 0.0, books.usual_rate - books.rate_at_start, 0.0)
    banks = slice(0, len(market.banks))  # the last lender is the rival itself
    followed: Floats = follows * change.reshape(market.runs, -1)[:, banks].mean(axis=1)
    return followed
