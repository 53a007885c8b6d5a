"""RAROC: a loan's return after expected loss and tax, relative to its economic capital."""

from __future__ import annotations

from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.credit.domain import floats, probability, within


def expected_loss(pd: ArrayLike, lgd: ArrayLike, ead: ArrayLike) -> Floats:
    """Return `PD x LGD x EAD`, CNY over the period to which the pd refers."""
    return probability("pd", pd) * probability("lgd", lgd) * floats(ead)


def raroc(
    rate: ArrayLike,
    funding_rate: ArrayLike,
    opex_rate: ArrayLike,
    ead: ArrayLike,
    loss: ArrayLike,
    economic_capital: ArrayLike,
    *,
    risk_free: ArrayLike = 0.0,
    tax_rate: ArrayLike = 0.0,
) -> Floats:
    """Return the yearly return on economic capital after tax.

    `[(r - f - opex) EAD - EL + r_f EC](1 - tax)/EC`.  Rates are annual fractions of exposure;
    `loss` (expected, EL) and `economic_capital` (EC) are CNY.  Raises `RequestError` where EC is
    not positive, since the ratio is then undefined.
    """
    capital = within("economic_capital", economic_capital, 0.0, above=True)
    margin = floats(rate) - floats(funding_rate) - floats(opex_rate)
    before_tax = margin * floats(ead) - floats(loss) + floats(risk_free) * capital
    return before_tax * (1.0 - floats(tax_rate)) / capital
