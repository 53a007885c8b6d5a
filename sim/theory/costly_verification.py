"""Costly state verification: debt is the contract that audits least (Townsend 1979; Gale-Hellwig).

The firm earns x ~ U[l, h], w = h-l, which the bank learns only by an audit at cost c.  The firm
promises D; if x < D the bank audits and takes x.  The bank needs F:
`E[min(x, D)] - c P(x < D) = F` gives `D = l + (w-c) - sqrt((w-c)^2 - 2w(F-l))` and `PD = (D-l)/w`.
Reading: the smaller root, the cheapest promise that raises F.  Where F is at most l the promise is
safe, D = F; where no promise raises F the firm is rationed and the answer is NaN.
"""

from __future__ import annotations

import math

from sim.theory.rows import Answer, Example

ROW, TITLE = "e", "face value and default of debt when the bank must pay to learn the outcome"
EXAMPLES = (
    Example(
        {"low": 0.95, "high": 1.45, "audit_cost": 0.05, "need": 1.03},
        {"face_value": 1.05, "pd": 0.20},
        12,
    ),
)


def closed_form(low: float, high: float, audit_cost: float, need: float) -> Answer:
    """Return the face value D and the chance that the firm cannot pay it."""
    if need <= low:
        return {"face_value": need, "pd": 0.0}
    width = high - low
    peak = width - audit_cost  # beyond it a higher promise costs more audits than it brings
    below = peak**2 - 2.0 * width * (need - low)
    if peak < 0.0 or below < 0.0:
        return {"face_value": math.nan, "pd": math.nan}
    shortfall = 2.0 * width * (need - low) / (peak + math.sqrt(below))
    return {"face_value": low + shortfall, "pd": shortfall / width}
