"""Early warnings: a noisy score that rises with lack of cash and with diversion of the loan.

score = -B/instalment + 1.5 diverting + eps/sqrt(tau_w)
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.random_numbers import pair_normals_at, pair_uniforms_at
from sim.state.market import Market
from sim.state.purposes import Purpose

DIVERTING_TRACE = 1.5  # A: in instalments of missing cash
MAX_CASH = 12.0  # instalments of cash; beyond this more cash does not change the score


@compiled
def all_scores(rows, firms, loans, bank, noise_salt, noise_sd):  # type: ignore[no-untyped-def]
    """Return the score of each loan in `rows`, (n,), in instalments of missing cash."""
    score = pair_normals_at(firms.key, rows, bank, noise_salt)
    for k in range(rows.size):
        i = unsigned(rows[k])
        months_of_cash = min(max(firms.cash[i] / loans.instalment[i], -MAX_CASH), MAX_CASH)
        score[k] = -months_of_cash + DIVERTING_TRACE * firms.diverting[i] + noise_sd * score[k]
    return score


def score(
    market: Market, rows: NDArray[np.int64], lender: int, precision: float
) -> NDArray[np.float64]:
    """Return warning scores of live loans, shape (n,), in instalments of missing cash."""
    bank, draws = market.bank_keys[lender], salt(Purpose.WARNING_NOISE, market.month)
    scores: NDArray[np.float64] = all_scores(
        rows, market.firms, market.loans, bank, draws, 1.0 / math.sqrt(precision)
    )
    return scores


def use_checked(
    market: Market, rows: NDArray[np.int64], lender: int, chance: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return for which loans the bank checks the use of proceeds, shape (n,)."""
    keys, bank = market.firms.key, market.bank_keys[lender]
    return pair_uniforms_at(keys, rows, bank, salt(Purpose.PROCEEDS_CHECK, market.month)) < chance


def visited(
    market: Market, rows: NDArray[np.int64], lender: int, chance: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which live loans are inspected this month, shape (n,); `chance` is per month."""
    keys, bank = market.firms.key, market.bank_keys[lender]
    return pair_uniforms_at(keys, rows, bank, salt(Purpose.INSPECTION, market.month)) < chance
