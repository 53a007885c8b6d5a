"""Signals: what can be read of a firm, and how noisily.

x_k = q_k + (sqrt(.7) e_firm + sqrt(.3) e_application) / sqrt(tau).  Most of the noise belongs to
the firm, so that a refused firm which comes again draws no new lottery ticket; statements are the
same for a year.
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import salt
from sim.core.luck import normals, pair_keys, uniforms
from sim.state.market import Market
from sim.state.purposes import Purpose

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
OWN = math.sqrt(0.7)  # A: share of the noise's variance that belongs to the firm
FRESH = math.sqrt(0.3)


class Signal(IntEnum):
    """What can be read of a firm; each speaks of one dimension of its quality."""

    STATEMENTS = 0
    BUREAU = 1
    SITE_VISIT = 2
    OWNER_VISIT = 3
    PARTNERS = 4
    SECOND_REVIEW = 5  # reads the file as a whole


DIMENSION = {
    Signal.STATEMENTS: 1,  # finance
    Signal.BUREAU: 4,  # debts
    Signal.SITE_VISIT: 0,  # operations
    Signal.OWNER_VISIT: 2,  # owner
    Signal.PARTNERS: 3,  # market
}


def read(
    market: Market, rows: Rows, lender: int, signal: Signal, precision: Floats, inflation: float
) -> Floats:
    """Return the readings of one signal on the applicants in `rows`, shape (n,), in sd.

    `precision` (n,) is positive; `inflation` is what a lie adds to statements.
    """
    month = market.month
    firm = market.firms.key[rows]
    if signal == Signal.STATEMENTS:
        fresh = normals(firm, salt(Purpose.APPLICATION_NOISE, month // 12))
    else:
        both = pair_keys(firm, market.bank_keys[lender])
        fresh = normals(both, salt(Purpose.APPLICATION_NOISE, month * 8 + int(signal)))
    own = normals(firm, salt(Purpose.FIRM_NOISE, int(signal)))
    noise = (OWN * own + FRESH * fresh) / np.sqrt(precision)
    if signal == Signal.SECOND_REVIEW:
        return market.firms.theta[rows] + noise
    reading = market.firms.quality[DIMENSION[signal], rows] + noise
    if signal == Signal.STATEMENTS:
        reading = reading + inflation * market.applications.lying[rows]
    return reading


def lies_found(market: Market, rows: Rows, lender: int, detection: float) -> NDArray[np.bool_]:
    """Return which inflated statements a cross-check finds out, shape (n,)."""
    both = pair_keys(market.firms.key[rows], market.bank_keys[lender])
    found = uniforms(both, salt(Purpose.LIE_DETECTED, market.month)) < detection
    return found & market.applications.lying[rows]


def carried_out(
    market: Market, rows: Rows, lender: int, step: int, rate: Floats
) -> NDArray[np.bool_]:
    """Return for which rows a prescribed step is really carried out, shape (n,).

    `rate` (n,) is the execution rate that the bank's culture gives.
    """
    both = pair_keys(market.firms.key[rows], market.bank_keys[lender])
    return uniforms(both, salt(Purpose.STEP_EXECUTED, market.month * 16 + step)) < rate
