"""Account data: the stress that the flow through a borrower's account shows, and who is warned of.

score = -clip(cash / costs, -1, 4) + .75 diverting + 4/sqrt(tau_a) eps, in months of costs.  The
noise eps is the firm's at this bank for half a year: a drawn-out cause, such as a second account,
makes the same error month after month.  A loan is warned of where its score exceeds the quantile
of those of the bank's loans that pay, computed again each month, so that a fixed share of these is
a false alarm whatever the state of the economy.  A warning has seen trouble of the borrower if the
same noise would not have warned of the bank's average loan that pays; else it is chance.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.errors import ClashError
from sim.core.indexing import unsigned
from sim.core.params import checked, param
from sim.core.random_numbers import normal_cdf, pair_normals_at
from sim.mechanisms.base import MechanismParams
from sim.state.market import Market
from sim.state.pair_draws import pair_draws
from sim.state.purposes import Purpose


class AccountData(MechanismParams):
    """What account data show of a borrower's state."""

    diverting_trace: float = param(
        0.75, unit="months of costs", ge=0, le=20, source="A: flow that a diversion takes away",
        meaning="trace that a diverted loan leaves in the score",
    )  # fmt: skip
    least_cash: float = param(
        -1.0, unit="months of costs", ge=-120, le=120, source="A: a month owed to suppliers",
        meaning="cash below which less does not raise the score further",
    )  # fmt: skip
    most_cash: float = param(
        4.0, unit="months of costs", ge=-120, le=120, source="A: owners withdraw above 3.6",
        meaning="cash beyond which more does not lower the score further",
    )  # fmt: skip
    noise: float = param(
        4.0, unit="months of costs", gt=0, le=1000, source="A: base warns of a fifth or quarter",
        meaning="standard deviation of the score's noise at precision 1",
    )  # fmt: skip
    noise_months: int = param(
        6, unit="months", ge=1, le=120, source="D: monthly noise warns of half of all by chance",
        meaning="months for which a firm's noise at a bank stays the same",
    )  # fmt: skip

    @checked
    def _the_least_is_below_the_most(self) -> AccountData:
        if self.least_cash >= self.most_cash:
            raise ClashError(
                f"least_cash {self.least_cash:g} must be below most_cash {self.most_cash:g}",
                "least_cash",
            )
        return self


@compiled
def all_stress(rows, firms, rule):  # type: ignore[no-untyped-def]
    """Return what the score of each loan in `rows` would be without noise, (n,)."""
    stress = np.empty(rows.size)
    for k in range(rows.size):
        i = unsigned(rows[k])
        cash = min(max(firms.cash[i] / firms.costs[i], rule.least_cash), rule.most_cash)
        stress[k] = rule.diverting_trace * firms.diverting[i] - cash
    return stress


def noise_sd(precision: float, data: AccountData) -> float:
    """Return the standard deviation of the score's noise, months of costs."""
    return data.noise / math.sqrt(precision)


def noise(market: Market, rows: Rows, lender: int, data: AccountData) -> Floats:
    """Return each firm's standard normal noise at a bank in this half-year, shape (n,)."""
    period = salt(Purpose.ACCOUNT_NOISE, (market.month - 1) // data.noise_months)
    return np.asarray(pair_normals_at(market.firms.key, rows, market.bank_keys[lender], period))


def was_read(market: Market, rows: Rows, lender: int, chance: Floats) -> Bools:
    """Return of which loans somebody reads this month's account data, shape (n,)."""
    return pair_draws(market, rows, lender, Purpose.ACCOUNT_READ) < chance


def begins(month: int, data: AccountData) -> bool:
    """Tell whether the noise of account data is drawn again in a month."""
    return (month - 1) % data.noise_months == 0


@compiled
def mean_of_payers(stress, pays, books, size):  # type: ignore[no-untyped-def]
    """Return the mean stress of the loans that pay, by book, (size,); 0 where none does.

    `stress`, `pays` and `books` are (n,).
    """
    total, paying = np.zeros(size), np.zeros(size)
    for k in range(stress.size):
        if pays[k]:
            total[books[k]] += stress[k]
            paying[books[k]] += 1.0
    return total / np.maximum(paying, 1.0)


class Known(NamedTuple):
    """What earlier readings of the half-year say of a firm's noise, (n,) each, sd."""

    above: Floats  # it is above this, -infinite where nothing is known
    below: Floats  # and not above this, infinite where nothing is known


def learned(
    before: Known, needed: Floats, by_chance: Floats, flagged: Bools, trouble: Bools, free: Bools
) -> Known:
    """Return what is known after readings that flag a loan where its noise is above `needed`.

    Noise above `by_chance` would warn of the average loan, so a flag has seen `trouble` only where
    it is not above that.  Only where trouble seen can raise a warning, `free`, does a reading say
    something.  All are (n,), `needed` is infinite where nobody read.
    """
    return Known(*_learned(before, needed, by_chance, flagged, trouble, free))


@compiled
def _learned(before, needed, by_chance, flagged, trouble, free):  # type: ignore[no-untyped-def]
    known_above, known_below = np.empty(needed.size), np.empty(needed.size)
    for k in range(needed.size):
        above, below = before.above[k], before.below[k]
        if free[k] and flagged[k]:
            above = max(above, needed[k])
            if trouble[k]:
                below = min(below, by_chance[k])
            else:
                above = max(above, by_chance[k])
        elif free[k]:
            below = min(below, needed[k])
        known_above[k], known_below[k] = above, below
    return known_above, known_below


@compiled
def seeing(needed, not_above, above, below):  # type: ignore[no-untyped-def]
    """Return the chance that a reading warns of a loan and not by chance.

    It does where the noise is above `needed` and not above what would warn of the average loan,
    which has the chance `not_above`, given that it is known to lie between `above` and `below`.
    All are numbers.
    """
    low = normal_cdf(above) if above > -math.inf else 0.0
    high = normal_cdf(below) if below < math.inf else 1.0
    seen = min(not_above, high) - max(normal_cdf(needed), low)
    return max(seen, 0.0) / (high - low) if high > low else 0.0
