"""Level instalments: what a loan pays each month, and what is owed of it after each payment.

How principal falls due on loans of every kind, month by month, is in `sim.credit.schedule`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.core.compiled import elementwise
from sim.credit.domain import floats, within


def annuity_payment(principal: ArrayLike, annual_rate: ArrayLike, months: ArrayLike) -> Floats:
    """Return the level monthly payment (CNY) that clears a loan.

    `A = P r / (1 - (1+r)^-n)`, with r = annual_rate/12 (annual_rate a nominal fraction) and n
    months; `P/n` at a rate of zero.  Raises `RequestError` for a negative rate or n below 1.
    """
    rate = within("annual_rate", annual_rate, 0.0) / 12.0
    months = within("months", months, 1.0)
    return floats(floats(principal) / _annuity_value(rate, months))


@elementwise
def level_instalment(amount, annual_rate, months):  # type: ignore[no-untyped-def]
    """Return the level monthly instalment of live loans, CNY.

    As `annuity_payment`, but for simulated values: a negative rate counts as zero and an expired
    term as one month, and no error is raised.  Numbers or arrays that broadcast together.
    """
    return amount / _annuity_value(max(annual_rate, 0.0) / 12.0, max(months, 1.0))


@elementwise
def awaited_instalment(amount, annual_rate, months, wait):  # type: ignore[no-untyped-def]
    """Return the level monthly instalment of an amount that is paid out after a delay, CNY.

    The amount grows for `wait` of its `months` and is then paid out in level parts over the rest:
    `level_instalment(P (1 + r)^wait, annual_rate, months - wait)`, with present value P.
    """
    rate = max(annual_rate, 0.0) / 12.0
    grown = amount * (1.0 + rate) ** wait if wait > 0.0 else amount
    return grown / _annuity_value(rate, max(months - wait, 1.0))


def outstanding_balance(
    principal: ArrayLike, annual_rate: ArrayLike, months: ArrayLike, paid: ArrayLike
) -> Floats:
    """Return what is owed (CNY) on an annuity loan after `paid` of its `months` payments.

    `P (1 - (1+r)^-(n-k)) / (1 - (1+r)^-n)`: the value of the payments that are left.
    Raises `RequestError` for a negative rate, n below 1 or k outside [0, n].
    """
    rate = within("annual_rate", annual_rate, 0.0) / 12.0
    months = within("months", months, 1.0)
    left = within("months - paid", months - within("paid", paid, 0.0), 0.0)
    return floats(floats(principal) * _annuity_value(rate, left) / _annuity_value(rate, months))


def average_balance(principal: ArrayLike, annual_rate: ArrayLike, months: ArrayLike) -> Floats:
    """Return the mean balance (CNY) on which interest is charged over an annuity loan's life.

    The fixed cost of an application is spread over this balance.  It is `P (n+1)/(2n)` at a rate
    of zero.  For a bullet loan it is the principal, which needs no function.
    """
    loan, rate, term = (floats(x)[..., None] for x in (principal, annual_rate, months))
    paid = np.arange(np.max(term, initial=1.0))
    opening = outstanding_balance(loan, rate, term, np.minimum(paid, term))
    # cumulative sum: a longer loan in the same array must not change the order of addition
    return floats(opening.cumsum(axis=-1)[..., -1] / term[..., 0])


@elementwise
def _annuity_value(rate, months):  # type: ignore[no-untyped-def]
    """Return the present value of 1 a month for n months: `(1 - (1+r)^-n)/r`, n at r = 0."""
    if rate > 0.0:
        return -math.expm1(-months * math.log1p(rate)) / rate
    return months
