"""Absorbing chain over months in arrears: where loans that fall behind end.

States are instalments missed; from each a loan misses one more, catches up, is repaid or stays as
it is.  Fundamental matrix `(I-Q)^-1`; chances of each end `(I-Q)^-1 R`.
Reading: the five classes alone are no Markov chain, since special mention contains loans one, two
and three instalments behind; default is the fourth missed instalment.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.credit.migration import arrears_chain
from sim.theory.rows import Answer, Example

ROW, TITLE = "j", "chance that a loan now current ever defaults, and how long it stays current"
EXAMPLES = (
    # A spell defaults with .5 * .6 * .7 = .21 and otherwise is cured.  In a month a
    # current loan ends by repayment (.04) or by a spell that defaults (.05 * .21 = .0105).
    Example(
        {"roll": (0.05, 0.5, 0.6, 0.7), "cure": (0.0, 0.5, 0.4, 0.3), "repay": (0.04, 0, 0, 0)},
        {"default": 0.0105 / 0.0505, "months_current": 1.0 / 0.0505},
        12,
    ),
)


def closed_form(roll: Sequence[float], cure: Sequence[float], repay: Sequence[float]) -> Answer:
    """Return the chance of default and the expected months current, for a current loan."""
    chain = arrears_chain(roll, cure, repay)
    return {
        "default": float(chain.end_probability()[0, 0]),
        "months_current": float(chain.expected_months()[0, 0]),
    }
