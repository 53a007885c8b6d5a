"""Lifetime value: what the loans of one month are worth to the bank over their whole lifetimes.

Accounting profit of a period leaves out what its last loans will still earn and lose.  Here each
loan is followed to its end, and loans outstanding after the last month are valued, so nothing is
left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.credit.classes import PROVISION_RATE
from sim.state.cohorts import AGES
from sim.state.market import NEVER, Market

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.schema import EconomyParams


def discount(months: NDArray[np.integer], rate: float) -> Floats:
    """Return the present value of CNY 1 received after `months`, shape (n,); `rate` is 1/year."""
    return np.asarray((1.0 + rate) ** (-np.asarray(months) / 12.0))


def open_value(market: Market, economy: EconomyParams, months: int) -> Floats:
    """Return what live loans will bring by month granted and book, (months, books), CNY at grant.

    A loan in workout counts what its workout will bring, after costs.  Any other loan counts its
    balance and accrued interest now, less the loss share of its class in the provision schedule.
    """
    loans = market.loans
    rows = market.live[loans.granted[market.live] >= 1]
    sound = (loans.balance[rows] + loans.accrued[rows]) * (1 - PROVISION_RATE[loans.grade[rows]])
    bad = loans.balance[rows] * loans.recovery[rows] * (1.0 - economy.resolution.cost)
    in_workout = loans.defaulted[rows] & (loans.recovery_due[rows] != NEVER)
    wait = np.where(in_workout, np.maximum(loans.recovery_due[rows] - market.month, 0), 0)
    age = market.month - loans.granted[rows]
    worth = np.where(in_workout, bad, sound) * discount(age + wait, economy.discount_rate)
    books = market.runs * market.lenders
    book = market.firms.run[rows] * np.int64(market.lenders) + loans.lender[rows]
    place = (loans.granted[rows] - 1) * np.int64(books) + book
    by_cohort: Floats = np.bincount(place, weights=worth, minlength=months * books).astype(float)
    return by_cohort.reshape(months, books)


class LifetimeValue(NamedTuple):
    """What the loans of each month are worth, both (months, books), CNY at grant."""

    whole: Floats
    open: Floats  # the part of it that has not been received yet


def lifetime_value(market: Market, economy: EconomyParams, months: int) -> LifetimeValue:
    """Return what the loans of each month have brought and will bring, less what was lent."""
    cash = np.zeros((months, AGES, market.runs * market.lenders))
    known = market.cohorts.cash[:months]
    cash[: len(known)] = known
    seen = np.einsum("mab,a->mb", cash, discount(np.arange(AGES), economy.discount_rate))
    still = open_value(market, economy, months)
    return LifetimeValue(seen + still, still)


def cohorts_of(
    value: LifetimeValue,
    lent: Floats,
    own: NDArray[np.intp],
    seeds: NDArray[Any],
    banks: NDArray[Any],
) -> pd.DataFrame:
    """Return one row per seed, bank and month of grant, for the books numbered `own`.

    `lent` has shape (months, books), CNY.  See `Result.cohorts` for the columns.
    """
    import pandas as pd

    months = len(lent)
    return pd.DataFrame(
        {
            "seed": np.repeat(seeds[own], months),
            "bank": np.repeat(banks[own], months).astype(str),
            "granted": np.tile(np.arange(1, months + 1), own.size),
            "lent": lent[:, own].T.reshape(-1),
            "value": value.whole[:, own].T.reshape(-1),
            "open": value.open[:, own].T.reshape(-1),
        }
    )
