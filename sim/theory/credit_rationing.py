"""Stiglitz and Weiss (1981): a higher rate drives safe firms away, so the bank limits its rate.

A share lam of firms is safe: success `ps` pays `Rs`; the rest is risky: success `pr` pays `Rr`.
Safe firms have an outside option uniform on [0, Ws] and take part with
`a(R) = clip(ps (Rs-R)/Ws, 0, 1)`; risky ones borrow while `R <= Rr`.  The bank earns
`rho(R) = R [lam a ps + (1-lam) pr] / [lam a + 1-lam]`, R gross.

Where 0 < a < 1, write N and D for the two brackets, both linear in R.  The slope of rho vanishes at
`N D = kappa R`, `kappa = lam (1-lam) (ps-pr) ps/Ws`; the smaller root is the maximum.
Reading: an interior *local* maximum.  The whole curve need not have a single peak (Arnold 2005):
beyond Rs it rises again, with risky firms alone.
"""

from __future__ import annotations

import math

from sim.theory.rows import Answer, Example

ROW, TITLE = "c1", "the rate at which lending earns most, with safe and risky firms"
EXAMPLES = (
    Example(
        {
            "share_safe": 0.8,
            "safe_success": 0.99,
            "safe_payoff": 1.12,
            "outside_option": 0.0594,
            "risky_success": 0.88,
            "risky_payoff": 1.16,
        },
        {"rate": 1.091507},
        6,
    ),
)


def participation(
    rate: float, safe_success: float, safe_payoff: float, outside_option: float
) -> float:
    """Return the share of safe firms that borrow at a gross rate."""
    return min(max(safe_success * (safe_payoff - rate) / outside_option, 0.0), 1.0)


def closed_form(
    share_safe: float,
    safe_success: float,
    safe_payoff: float,
    outside_option: float,
    risky_success: float,
    risky_payoff: float,
) -> Answer:
    """Return the bank's best gross rate, its return there, and the share of safe firms there."""
    lam, ps, pr = share_safe, safe_success, risky_success
    # a = alpha - beta R; N = n_0 - n_1 R; D = d_0 - d_1 R
    alpha, beta = ps * safe_payoff / outside_option, ps / outside_option
    n_0, n_1 = lam * ps * alpha + (1.0 - lam) * pr, lam * ps * beta
    d_0, d_1 = lam * alpha + 1.0 - lam, lam * beta
    kappa = lam * (1.0 - lam) * (ps - pr) * beta
    # n_1 d_1 R^2 - linear R + n_0 d_0 = 0, solved without cancellation
    linear = n_0 * d_1 + n_1 * d_0 + kappa
    root = 2.0 * n_0 * d_0 / (linear + math.sqrt(linear**2 - 4.0 * n_1 * d_1 * n_0 * d_0))
    all_safe_borrow = safe_payoff - outside_option / ps
    rate = min(max(root, all_safe_borrow), safe_payoff, risky_payoff)
    share = participation(rate, ps, safe_payoff, outside_option)
    lent = lam * share + 1.0 - lam
    earned = rate * (lam * share * ps + (1.0 - lam) * pr) / lent
    return {"rate": rate, "expected_return": earned, "safe_participation": share}
