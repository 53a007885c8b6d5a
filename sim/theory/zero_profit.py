"""The one-period rate at which a lender expects no profit.

Recovery on principal: `r = (f + PD LGD)/(1-PD)`; on the claim: `r = (1+f)/(1 - PD LGD) - 1`.
Reading: state which of the two is meant; they differ by a tenth of a percentage point here.
"""

from __future__ import annotations

from sim.credit.pricing import zero_profit_rate, zero_profit_rate_on_claim
from sim.theory.rows import Answer, Example

ROW, TITLE = "k", "zero-profit rate by the basis of recovery"
EXAMPLES = (
    Example(
        {"funding_rate": 0.025, "pd": 0.04, "lgd": 0.45},
        {"on_principal": 0.044792, "on_claim": 0.043788},
        6,
    ),
)


def closed_form(funding_rate: float, pd: float, lgd: float) -> Answer:
    """Return the rate with recovery on principal and with recovery on the claim."""
    return {
        "on_principal": float(zero_profit_rate(pd, lgd, funding_rate)),
        "on_claim": float(zero_profit_rate_on_claim(pd, lgd, funding_rate)),
    }
