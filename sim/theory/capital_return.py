"""RAROC: `[(r - f - opex) EAD - EL + r_f EC](1-tax)/EC`.

Reading: expected loss and capital in money, rates on exposure, all per year.
"""

from __future__ import annotations

from sim.credit.raroc import raroc
from sim.theory.rows import Answer, Example

ROW, TITLE = "i", "return on the capital that a loan's risk ties up"
EXAMPLES = (
    # 34,000 margin - 15,000 loss + 2,000 on capital = 21,000; less a quarter 15,750; over 80,000
    Example(
        {
            "rate": 0.074,
            "funding_rate": 0.025,
            "opex_rate": 0.015,
            "ead": 1e6,
            "loss": 1.5e4,
            "economic_capital": 8e4,
            "risk_free": 0.025,
            "tax_rate": 0.25,
        },
        {"raroc": 0.196875},
        12,
    ),
)


def closed_form(**account: float) -> Answer:
    """Return the RAROC of one loan's yearly account; arguments as for `sim.credit.raroc.raroc`."""
    return {"raroc": float(raroc(**account))}
