"""Resolution: how much is recovered on a defaulted loan, and when.

The secured part of the exposure has a higher recovery rate, which depends on the kind of
collateral; a guarantor pays with some probability.  The month of receipt follows a Gamma
distribution with a mean of two years from default, drawn once per firm and default.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.core.compiled import compiled, elementwise
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.params import Params, param
from sim.core.random_numbers import uniform
from sim.credit.classes import DEFAULT_DPD
from sim.credit.domain import floats
from sim.state.facts import Resolved
from sim.state.loans import Security
from sim.state.market import NEVER, Market
from sim.state.purposes import Purpose

NEWTON = 4  # steps after which the Gamma quantile is exact to thirteen digits
MOVABLES, INVOICES = int(Security.MOVABLES), int(Security.INVOICES)


class Resolution(Params):
    """Recoveries on defaulted loans."""

    secured: float = param(
        0.70, unit="share of exposure", ge=0, le=1, source="P: UK .75, Germany .61, France .53",
        meaning="mean recovery rate on the secured part, where real estate is pledged",
    )  # fmt: skip
    secured_movables: float = param(
        0.50, unit="share of exposure", ge=0, le=1, source="A: used, moved and sold piece by piece",
        meaning="mean recovery rate on the secured part, where movables are pledged",
    )  # fmt: skip
    secured_invoices: float = param(
        0.60, unit="share of exposure", ge=0, le=1, source="A: after losses by dilution",
        meaning="mean recovery rate on the secured part, where invoices are assigned",
    )  # fmt: skip
    guarantor_pays: float = param(
        0.40, unit="probability", ge=0, le=1, source="A: many contest or have nothing left",
        meaning="probability that a guarantor pays the loss, up to the guaranteed amount",
    )  # fmt: skip
    unsecured: float = param(
        0.30, unit="share of exposure", ge=0, le=1, source="A: loss of about .75 after costs",
        meaning="mean recovery rate on the unsecured part",
    )  # fmt: skip
    spread: float = param(
        0.4, unit="share", ge=0, le=1, source="A: outcomes vary widely",
        meaning="recovery rates are uniform within plus or minus this share of their mean",
    )  # fmt: skip
    mean_months: float = param(
        24.0, unit="months", gt=0, le=120, source="P: UK .9, France 2.5, Germany 3.6 years",
        meaning="mean time from default to receipt",
    )  # fmt: skip
    cost: float = param(
        0.08, unit="share of receipts", ge=0, le=1, source="A: lawyers and courts",
        meaning="cost of collection, over receipts",
    )  # fmt: skip
    cured: float = param(
        0.4, unit="share of balance", ge=0, le=1, source="D: .44 in the base case",
        meaning="share of a balance that has just become non-performing that is paid up in the end,"
        " in the loss expected on non-performing loans; nothing else depends on it",
    )  # fmt: skip
    cured_months: float = param(
        14.0, unit="months", gt=0, le=600, source="D: as in the base case",
        meaning="months as non-performing by which that share has fallen to 0",
    )  # fmt: skip
    fund_pays: float = param(
        1.0 / 6.0, unit="share a month", ge=0, le=1, source="A: about six months to settle",
        meaning="share of open claims that a guarantee fund settles in a month",
    )  # fmt: skip


@compiled
def gamma_two(u, mean):  # type: ignore[no-untyped-def]
    """Return the quantile at `u` of a Gamma distribution of shape 2 with this mean, a number.

    The distribution function is 1 - e^-x (1 + x), so x - log(1 + x) = t with t = -log(1 - u).  The
    left side is convex and at least x^2 / 2(1 + x), so Newton's steps, started where that bound is
    t, fall monotonically to x.
    """
    t = -np.log1p(-u)
    x = t + np.sqrt(t * (t + 2.0))
    for _ in range(NEWTON):
        x -= (x - np.log1p(x) - t) * (1.0 + x) / x
    return 0.5 * mean * x


@compiled
def from_security(secured, kind, rule):  # type: ignore[no-untyped-def]
    """Return the mean recovery rate on an exposure of which the share `secured` is secured.

    All are numbers, of one loan.
    """
    of_secured = rule.secured
    if kind == MOVABLES:
        of_secured = rule.secured_movables
    elif kind == INVOICES:
        of_secured = rule.secured_invoices
    return of_secured * secured + rule.unsecured * (1.0 - secured)


@compiled
def all_workouts(rows, firms, loans, rule, time_salt, share_salt, guarantor_salt):  # type: ignore[no-untyped-def]
    """Return months to receipt and share of exposure recovered, (n,) each, for `rows` (n,)."""
    months = np.empty(rows.size)
    share = np.empty(rows.size)
    for k in range(rows.size):
        i = unsigned(rows[k])
        months[k] = gamma_two(uniform(firms.key[i], time_salt), rule.mean_months)
        exposure = max(loans.balance[i], 1.0)
        secured = min(loans.collateral[i] / exposure, 1.0)
        mean = from_security(secured, loans.security[i], rule)
        draws = 1.0 + rule.spread * (2.0 * uniform(firms.key[i], share_salt) - 1.0)
        share[k] = min(mean * draws, 1.0)
        liable = loans.guaranteed[i]
        if liable > 0.0 and uniform(firms.key[i], guarantor_salt) < rule.guarantor_pays:
            share[k] = min(share[k] + liable / exposure, 1.0)
    return months, share


def newly_defaulted(market: Market) -> NDArray[np.int64]:
    """Return the slots whose loan is in default and has no workout yet, ascending."""
    live, loans = market.live, market.loans
    late = loans.dpd[live] > DEFAULT_DPD
    rows: NDArray[np.int64] = live[late & (loans.recovery_due[live] == NEVER)]
    return rows


def open_workouts(
    market: Market, rows: NDArray[np.int64], resolution: Resolution, month: int
) -> Resolved:
    """Draw the date and amount of recovery for newly defaulted loans."""
    months, share = all_workouts(
        rows,
        market.firms,
        market.loans,
        resolution.record(),
        salt(Purpose.RECOVERY_TIME, month),
        salt(Purpose.RECOVERY_SHARE, month),
        salt(Purpose.GUARANTOR_PAYS, month),
    )
    due = month + 1 + np.floor(months).astype(np.int32)
    return Resolved(rows, due, share)


def expected_loss_share(
    coverage: NDArray[np.float64], resolution: Resolution, discount_rate: float
) -> NDArray[np.float64]:
    """Return the expected loss given default at a `coverage` by collateral, shape of `coverage`.

    All collateral counts as real estate: the haircut already reflects its kind.
    """
    gain = resolution.secured - resolution.unsecured
    kept = _kept(resolution, discount_rate)
    return floats(_lost(coverage, resolution.unsecured, gain, kept))


@elementwise
def _lost(coverage, unsecured, gain, kept):  # type: ignore[no-untyped-def]
    return 1.0 - kept * (unsecured + gain * min(coverage, 1.0))


def true_loss_share(
    value: Floats, kind: NDArray[np.int8], guaranteed: Floats, resolution: Resolution, rate: float
) -> Floats:
    """Return the true mean loss given default with this security, (n,), not the bank's estimate.

    `value` and `guaranteed` are shares of the exposure; receipts are discounted at `rate` a year.
    The spread of recoveries around their mean is ignored.
    """
    by_kind = [resolution.secured, resolution.secured_movables, resolution.secured_invoices]
    gain = np.array(by_kind) - resolution.unsecured
    back = resolution.unsecured + gain[kind] * np.minimum(value, 1.0)
    back = back + resolution.guarantor_pays * np.minimum(guaranteed, 1.0 - back)
    return 1.0 - _kept(resolution, rate) * back


def _kept(resolution: Resolution, rate: float) -> float:
    """Return the value at default of one unit received, after the cost of collection."""
    years = resolution.mean_months / 12.0
    return (1.0 - resolution.cost) / (1.0 + rate) ** years
