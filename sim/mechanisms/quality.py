"""Quality that moves: each dimension of a firm's quality is an autoregression, once a quarter.

q' = rho q + sqrt(1 - rho^2) eps,  rho = 2^(-3 / half-life): stationary N(0, 1), as at birth.
What a bank has on file fades as fast toward what it believes of a stranger, mean m_0, variance 1:
m' = m_0 + rho (m - m_0),  v' = rho^2 v + 1 - rho^2: exact for a Gaussian belief.
A quarter is one of the firm's life, so a third of the firms move in a month.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import rows_where, unsigned
from sim.core.random_numbers import normals_at
from sim.state.firms import DIMENSIONS, FIRMS
from sim.state.month import Month
from sim.state.population import QUARTER, Population
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose
from sim.state.relations import RELATIONS

SALTS = 8  # salts of a month, at least as many as there are dimensions


class Moved(NamedTuple):
    """Firms whose quality moves."""

    rows: Rows  # (n,) ascending
    kept: float  # rho, the share that a quarter keeps
    quality: Floats  # (dimensions, n) the new quality, in sd


class Faded(NamedTuple):
    """How much one bank's files of the firms whose quality moves are still worth."""

    lender: int
    rows: Rows  # (n,)
    kept: float  # rho
    strangers: Floats  # (dimensions,) m_0, in sd


@compiled
def due(born, alive, month):  # type: ignore[no-untyped-def]
    """Return the slots of the firms that end a quarter of their life in a month, ascending.

    `born` and `alive` are (slots,), `month` is a number.
    """
    ends = np.empty(born.size, np.bool_)
    for i in range(ends.size):
        age = month - born[i]
        ends[i] = alive[i] & (age > 0) & (age % QUARTER == 0)
    return rows_where(ends)


def move(month: Month) -> Moved | None:
    """Move the quality of the firms that end a quarter of their life."""
    market, population = month.market, month.params(Population)
    kept = population.quality_kept
    if kept == 1.0:
        return None
    firms = market.firms
    rows = due(firms.born, firms.alive, month.number)
    new = math.sqrt(1.0 - kept**2)
    salts = [salt(Purpose.QUALITY, month.number * SALTS + k) for k in range(len(DIMENSIONS))]
    quality = moved_on(firms.quality, firms.key, rows, np.array(salts), kept, new)
    return Moved(rows, kept, quality)


@compiled
def moved_on(quality, keys, rows, salts, kept, new):  # type: ignore[no-untyped-def]
    """Return the next quality of the firms in `rows` (n,), (dimensions, n), in sd.

    `quality` is (dimensions, slots), `keys` (slots,), `salts` (dimensions,); `kept` and `new` are
    the weights of what was and of the shock.
    """
    moved = np.empty((salts.size, rows.size))
    for k in range(salts.size):
        shocks = normals_at(keys, rows, salts[k])
        for j in range(rows.size):
            moved[k, j] = kept * quality[k, unsigned(rows[j])] + new * shocks[j]
    return moved


@posting(writes=(FIRMS,))
def post_quality(to: Written, moved: Moved) -> None:
    """Post the new quality, and what it makes of overall quality."""
    firms, weights = to.table(FIRMS), to.market.quality_weights
    put(firms.quality, firms.theta, moved.rows, moved.quality, weights)


@compiled
def put(quality, theta, rows, moved, weights):  # type: ignore[no-untyped-def]
    """Put the `moved` quality (dimensions, n) of the firms in `rows` into the columns, in place.

    Overall quality is the sum of all dimensions by their `weights`, (dimensions,).
    """
    for j in range(rows.size):
        i = unsigned(rows[j])
        overall = weights[0] * moved[0, j]
        quality[0, i] = moved[0, j]
        for k in range(1, moved.shape[0]):
            overall += weights[k] * moved[k, j]
            quality[k, i] = moved[k, j]
        theta[i] = overall


@compiled
def fade(mean, variance, rows, kept, strangers):  # type: ignore[no-untyped-def]
    """Let beliefs (dimensions, files) fade in place, in the `rows` (n,) that know something.

    A variance of 1 means that nothing is on file.  `strangers` is (dimensions,).
    """
    for k in range(mean.shape[0]):
        usual = strangers[k]
        for j in range(rows.size):
            i = unsigned(rows[j])
            filed = np.float64(variance[k, i])  # in double precision without the compiler too
            if filed < 1.0:
                mean[k, i] = usual + kept * (np.float64(mean[k, i]) - usual)
                variance[k, i] = 1.0 - kept**2 * (1.0 - filed)


@posting(writes=(RELATIONS,))
def post_fading(to: Written, faded: Faded) -> None:
    """Post what is left of a bank's files of firms whose quality moves."""
    files, market = to.table(RELATIONS), to.market
    rows = faded.lender * market.slots + faded.rows
    fade(files.belief_mean, files.belief_variance, rows, faded.kept, faded.strangers)
