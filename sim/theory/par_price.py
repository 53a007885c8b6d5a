"""Annuity, and the rate at which a loan that may default is worth its principal.

Payment `A = P r/(1-(1+r)^-n)`, r monthly.  With a constant monthly hazard h and recovery of 1 - LGD
on the opening balance, the monthly break-even rate is `(f + h LGD)/(1-h)`.
Reading: `break_even_rate` is twelve times that; it is the same for *any* amortising schedule, so
tenor and product do not enter.
"""

from __future__ import annotations

from sim.credit.amortisation import annuity_payment
from sim.credit.pricing import break_even_rate
from sim.theory.rows import Answer, Example

ROW, TITLE = "h", "level payment, and the rate that pays for a constant hazard"
EXAMPLES = (
    Example({"principal": 1e6, "annual_rate": 0.06, "months": 12}, {"payment": 86066.4297}, 4),
    # (.025 + 12 * .003 * .45)/.997 = .0412/.997
    Example(
        {"funding_rate": 0.025, "hazard": 0.003, "lgd": 0.45}, {"break_even_rate": 0.041324}, 6
    ),
)


def closed_form(
    principal: float = 1.0,
    annual_rate: float = 0.0,
    months: int = 12,
    funding_rate: float = 0.0,
    hazard: float = 0.0,
    lgd: float = 0.0,
) -> Answer:
    """Return the monthly payment, and the annual rate at which the loan breaks even."""
    return {
        "payment": float(annuity_payment(principal, annual_rate, months)),
        "break_even_rate": float(break_even_rate(hazard, lgd, funding_rate)),
    }
