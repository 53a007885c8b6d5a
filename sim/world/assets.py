"""Assets: what a firm and its guarantors could offer as security.

These assets are fixed for the firm's lifetime and follow from its own random numbers, so nothing is
stored: they are computed again whenever a bank asks.  They are independent of the firm's quality.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.draws import salt
from sim.core.params import Params, param
from sim.core.random_numbers import normals_at, uniforms_at
from sim.state.market import Market
from sim.state.owned import Owned
from sim.state.purposes import Purpose


class Assets(Params):
    """What firms own, and who would guarantee their loans."""

    property_owned: float = param(
        0.5, unit="probability", ge=0, le=1, source="A: many small firms rent",
        meaning="probability that the firm or its owner has real estate to pledge",
    )  # fmt: skip
    property_value: float = param(
        0.3, unit="share of turnover", ge=0, le=100, source="A: no published figure",
        meaning="median value of that real estate, net of other pledges",
    )  # fmt: skip
    movables_value: float = param(
        0.15, unit="share of turnover", ge=0, le=100, source="A: two months of stock, and machines",
        meaning="value of stock and machines",
    )  # fmt: skip
    guarantor_found: float = param(
        0.6, unit="probability", ge=0, le=1, source="A: no published figure",
        meaning="probability that family or a third party would act as guarantor",
    )  # fmt: skip
    guarantor_wealth: float = param(
        4e5, unit="CNY", ge=0, le=1e12, source="A: no published figure",
        meaning="median wealth of the guarantor",
    )  # fmt: skip
    log_sd: float = param(
        0.8, unit="log", ge=0, le=5, source="A: as turnover",
        meaning="standard deviation of the log of real estate value and of guarantor's wealth",
    )  # fmt: skip


def owned(market: Market, rows: Rows, assets: Assets) -> Owned:
    """Return what the firms in `rows` could offer as security, all (n,), CNY."""
    turnover = market.firms.turnover[rows]
    return Owned(
        property=assets.property_value
        * turnover
        * _if_any(
            market, rows, assets.property_owned, assets.log_sd,
            Purpose.PROPERTY_OWNED, Purpose.PROPERTY_VALUE,
        ),
        movables=assets.movables_value * turnover,
        guarantor=assets.guarantor_wealth
        * _if_any(
            market, rows, assets.guarantor_found, assets.log_sd,
            Purpose.GUARANTOR_FOUND, Purpose.GUARANTOR_WEALTH,
        ),
    )  # fmt: skip


def _if_any(
    market: Market, rows: Rows, chance: float, log_sd: float, found: Purpose, size: Purpose
) -> Floats:
    """Return a lognormal number of median 1 with probability `chance`, else 0, (n,).

    It stays the same for the firm's lifetime.
    """
    keys = market.firms.key
    there = uniforms_at(keys, rows, salt(found)) < chance
    return there * np.exp(log_sd * normals_at(keys, rows, salt(size)))
