"""Winner's curse among lenders that quote for the same firm at the same time.

Each of k banks reads `x_b = q + (sqrt(s) e + sqrt(1-s) f_b)/sqrt(tau)` of a quality q ~ N(0, 1):
the error e is common to all banks, f_b belongs to one bank.  It believes `m_b = w x_b`,
w = tau/(1 + tau), and quotes a rate that falls with m_b; the firm takes the lowest.  The winner is
the bank with the highest f_b, so its belief is too high on average by
`w sqrt((1-s)/tau) E max(f_1 .. f_k)`, for one bank 0.
Reading: Broecker (1990) has signals of two values and mixed strategies; here signals are normal and
rates are not corrected for the curse: each bank prices what it believes.
"""

from __future__ import annotations

from sim.theory.rows import Answer, Example

ROW, TITLE = "p", "how much the lender that wins a firm by its quote overestimates it"
EXAMPLES = (
    # the mean of the larger of two is 1/sqrt(pi), of three 3/(2 sqrt(pi)): David & Nagaraja (2003)
    Example({"precision": 1.0, "common": 0.0, "banks": 2}, {"overestimate": 0.282095}, 6),
    Example({"precision": 1.0, "common": 0.0, "banks": 3}, {"overestimate": 0.423142}, 6),
    Example({"precision": 1.0, "common": 0.7, "banks": 1}, {"overestimate": 0.0}, 6),
)


def closed_form(precision: float, common: float, banks: int) -> Answer:
    """Return the winner's mean error, in sd of the quality; `common` is s."""
    weight = precision / (1.0 + precision)
    return {"overestimate": weight * ((1.0 - common) / precision) ** 0.5 * _mean_of_largest(banks)}


def _mean_of_largest(n: int) -> float:
    """Return the mean of the largest of n independent standard normal numbers."""
    from scipy.integrate import quad
    from scipy.stats import norm

    value, _ = quad(lambda x: x * n * norm.pdf(x) * norm.cdf(x) ** (n - 1), -12.0, 12.0)
    return float(value)
