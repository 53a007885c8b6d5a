"""Signals: what a bank can observe about a firm, and with how much noise.

x_k = q_k + (sqrt(1 - s) e_firm + sqrt(s) e_application) / sqrt(tau), with s = .3 the share of new
noise.  Most of the noise belongs to the firm, so a refused firm that applies again does not get an
independent reading; statements stay the same for a year.  Where quality moves, the firm's own noise
moves as fast (`sim.world.lasting_noise`).  Of soft signals the share r of the noise, 0 by default,
belongs to the reader and is new with each reading; the others keep 1 - r of theirs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.params import Params, param
from sim.core.random_numbers import (
    normals_at,
    pair_key,
    pair_normals_at,
    uniform,
)
from sim.state.market import Market
from sim.state.pair_draws import pair_draws
from sim.state.purposes import Purpose
from sim.state.relations import Looks
from sim.world.lasting_noise import lasting_noise

SAME_FOR_ALL = np.uint64(0)  # used as a bank's key: every bank reads the same statements


class Signal(IntEnum):
    """The signals about a firm; each measures one dimension of its quality."""

    STATEMENTS = 0
    BUREAU = 1
    SITE_VISIT = 2
    OWNER_VISIT = 3
    PARTNERS = 4


DIMENSION = {
    Signal.STATEMENTS: 1,  # finance
    Signal.BUREAU: 4,  # debts
    Signal.SITE_VISIT: 0,  # operations
    Signal.OWNER_VISIT: 2,  # owner
    Signal.PARTNERS: 3,  # market
}


class Readings(Params):
    """How the noise in what banks observe about firms is made up."""

    new_share: float = param(
        0.3, unit="share of variance", ge=0, le=1, source="A: no published value",
        meaning="share of a signal's noise that is new with each application; the rest belongs to"
        " the firm and stays the same",
    )  # fmt: skip

    reader_share: float = param(
        0.0, unit="share of variance", ge=0, le=1, source="A: 0 is none; .3 where used",
        meaning="share of a soft signal's noise that belongs to whoever reads the file; firm and"
        " application share the rest as in a hard signal",
    )  # fmt: skip

    @cached_property
    def mix(self) -> tuple[float, float]:
        """Weights of the firm's own noise and of the new noise; their squares add up to 1."""
        return math.sqrt(1.0 - self.new_share), math.sqrt(self.new_share)

    @cached_property
    def soft_mix(self) -> tuple[float, float]:
        """The same weights in a soft signal; the squares add up to 1 less the reader's share."""
        rest = math.sqrt(1.0 - self.reader_share)
        return rest * self.mix[0], rest * self.mix[1]


def own_noise(market: Market, rows: Rows, signal: Signal) -> Floats:
    """Return the part of a signal's noise that belongs to the firms, (n,), standard normal."""
    return lasting_noise(market, rows, salt(Purpose.FIRM_NOISE, int(signal)), int(signal))


@compiled
def readings(rows, keys, quality, bank, own, fresh_salt, precision, mix):  # type: ignore[no-untyped-def]
    """Return quality plus noise, (n,), in sd, in the place of `own`, the firms' own noise.

    The new part of the noise belongs to firm and bank, or to the firm alone where `bank` is 0.
    `mix` holds the weights of own and new noise.  `rows` and `precision`, 1/sd^2, are (n,); `keys`
    and `quality` (slots,).
    """
    if bank:
        fresh = pair_normals_at(keys, rows, bank, fresh_salt)
    else:
        fresh = normals_at(keys, rows, fresh_salt)
    for k in range(rows.size):
        noise = mix[0] * own[k] + mix[1] * fresh[k]
        own[k] = quality[unsigned(rows[k])] + noise / math.sqrt(precision[k])
    return own


def read(
    market: Market,
    rows: Rows,
    lender: int,
    signal: Signal,
    precision: Floats,
    inflation: float,
    noise: Readings,
    soft: bool = False,
) -> Floats:
    """Return the readings of one signal on the applicants in `rows`, shape (n,), in sd.

    `precision` (n,), 1/sd^2, is positive; `inflation` is what inflated statements add, in sd.
    """
    mix = noise.soft_mix if soft else noise.mix
    firms, month = market.firms, market.month
    own = own_noise(market, rows, signal)
    if signal == Signal.STATEMENTS:
        fresh, bank = salt(Purpose.APPLICATION_NOISE, (month - 1) // 12), SAME_FOR_ALL
    else:
        fresh = salt(Purpose.APPLICATION_NOISE, month * 8 + int(signal))
        bank = market.bank_keys[lender]
    truth = firms.quality[DIMENSION[signal]]
    reading: Floats = readings(rows, firms.key, truth, bank, own, fresh, precision, mix)
    if signal == Signal.STATEMENTS:
        reading += inflation * market.requests[lender].lying[rows]
    if soft and noise.reader_share > 0.0:
        of_reader = readers_noise(market, rows, lender, signal)
        reading += math.sqrt(noise.reader_share) * of_reader / np.sqrt(precision)
    return reading


def readers_noise(
    market: Market, rows: Rows, lender: int, signal: Signal, again: bool = False
) -> Floats:
    """Return what the reader of a signal adds to it, (n,), of variance 1; `again`: a later one."""
    of_reading = salt(Purpose.READER_NOISE, market.month * 16 + 2 * int(signal) + again)
    noise: Floats = pair_normals_at(market.firms.key, rows, market.bank_keys[lender], of_reading)
    return noise


def looks_elsewhere(market: Market, rows: Rows, lender: int) -> Looks:
    """Return the payment records of the firms in `rows` at the other banks of the market, (n,)."""
    files = [market.file_of(bank) for bank in range(len(market.banks)) if bank != lender]
    none = np.zeros(rows.size, np.int64)
    return Looks(
        sum((file.looks[rows].astype(np.int64) for file in files), none),
        sum((file.late_looks[rows].astype(np.int64) for file in files), none),
    )


def lies_found(
    market: Market,
    rows: Rows,
    lender: int,
    detection: Floats | float,
    purpose: Purpose = Purpose.LIE_DETECTED,
) -> NDArray[np.bool_]:
    """Return which inflated statements a cross-check finds, (n,), with this chance for each."""
    found = pair_draws(market, rows, lender, purpose) < detection
    return found & market.requests[lender].lying[rows]


@compiled
def all_carried_out(rows, keys, bank, salts, rate):  # type: ignore[no-untyped-def]
    """Return for which steps and rows the random number is below `rate` (n,), (steps, n).

    `rows` is (n,), `keys` (slots,), `salts` (steps,).
    """
    done = np.empty((salts.size, rows.size), np.bool_)
    pairs = keys[rows]
    for k in range(rows.size):
        pairs[k] = pair_key(pairs[k], bank)
    for step in range(salts.size):
        for k in range(rows.size):
            done[step, k] = uniform(pairs[k], salts[step]) < rate[k]
    return done


def carried_out(
    market: Market, rows: Rows, lender: int, steps: Iterable[int], rate: Floats
) -> NDArray[np.bool_]:
    """Return for which rows each of the prescribed steps is actually carried out, (steps, n).

    `rate` (n,) is the execution rate that follows from the bank's risk culture.
    """
    steps = list(steps)
    if (rate >= 1.0).all():
        return np.ones((len(steps), rows.size), bool)
    salts = [salt(Purpose.STEP_EXECUTED, market.month * 16 + step) for step in steps]
    done: NDArray[np.bool_] = all_carried_out(
        rows, market.firms.key, market.bank_keys[lender], np.array(salts, np.uint64), rate
    )
    return done
