"""The economy: a persistent common factor, a factor per sector, and the path of a scenario.

Z = shift_t + A_t,  A_t = phi A_{t-1} + sqrt(1 - phi^2) eps
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.params import Params, param
from sim.core.random_numbers import normal, normals, pair_key
from sim.state.economy import SECTORS
from sim.state.facts import EconomyMoved
from sim.state.market import Market
from sim.state.purposes import Purpose


class Macro(Params):
    """The common factor and the path that a scenario adds to it."""

    persistence: float = param(
        0.9, unit="1/month", ge=0, lt=1, source="A: quarters-long cycles",
        meaning="monthly autocorrelation of the common factor and of the sector factors",
    )  # fmt: skip
    cycle_sd: float = param(
        1.0, unit="sd", ge=0, le=5, source="D: unit variance; 0 switches the cycle off",
        meaning="standard deviation of the common factor around its path",
    )  # fmt: skip
    sector_sd: float = param(
        1.0, unit="sd", ge=0, le=5, source="D: unit variance; 0 switches sector shocks off",
        meaning="standard deviation of each sector's factor",
    )  # fmt: skip
    start: int = param(
        1, unit="month", ge=-600, le=600, source="A: first reported month",
        meaning="month in which the shift begins",
    )  # fmt: skip
    months: int = param(
        0, unit="months", ge=0, le=600, source="A: 0 is no shift; a depression lasts 24",
        meaning="duration of the shift, including the `ramp` months in which it builds up",
    )  # fmt: skip
    ramp: int = param(
        1, unit="months", ge=1, le=600, source="A: immediate",
        meaning="months in which the shift builds up",
    )  # fmt: skip
    shift: float = param(
        0.0, unit="sd", ge=-5, le=5, source="A: depression -1",
        meaning="shift of the common factor while it lasts",
    )  # fmt: skip

    def path(self, month: int) -> float:
        """Return the shift of the common factor in a month."""
        into = month - self.start + 1
        if into < 1 or into > self.months:
            return 0.0
        return self.shift * min(1.0, into / self.ramp)


@compiled
def sector_draws(keys, sector_salt):  # type: ignore[no-untyped-def]
    """Return a standard normal number per sector and run, (SECTORS, runs)."""
    draws = np.empty((SECTORS, keys.size))
    for s in range(SECTORS):
        for run in range(keys.size):
            draws[s, run] = normal(pair_key(keys[run], np.uint64(s)), sector_salt)
    return draws


def move(market: Market, macro: Macro, month: int) -> EconomyMoved:
    """Return the common factor and the sector factors after one month."""
    economy = market.economy
    phi, step = macro.persistence, math.sqrt(1.0 - macro.persistence**2)
    if month == market.first_of_nature:  # start in the stationary distribution
        phi, step = 0.0, 1.0
    eps = normals(economy.key, salt(Purpose.MACRO, month))
    cycle = phi * economy.cycle + macro.cycle_sd * step * eps
    draws = sector_draws(economy.key, salt(Purpose.SECTOR, month))
    sector = phi * economy.sector + macro.sector_sd * step * draws
    return EconomyMoved(cycle, macro.path(month) + cycle, sector)
