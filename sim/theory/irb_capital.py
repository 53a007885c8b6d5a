"""Basel's risk weight under internal ratings (Basel Committee 2006, paragraphs 272, 273 and 330).

`K = [LGD Phi((G(PD) + sqrt(R) G(.999))/sqrt(1-R)) - PD LGD] (1+(M-2.5)b)/(1-1.5b)`, `RW = 12.5 K`.
Reading: fractions, not percent; turnover in EUR m; the table prints 72.40 % for small firms,
while the exact normal quantile gives 72.39 %, since the table used a rounded one.
"""

from __future__ import annotations

from sim.credit import irb
from sim.theory.rows import Answer, Example

ROW, TITLE = "b", "supervisory risk weight of a loan"
_LOAN = {"pd": 0.01, "lgd": 0.45}
EXAMPLES = (
    Example({**_LOAN, "turnover": 50.0}, {"risk_weight": 0.9232}, 4),
    Example({**_LOAN, "turnover": 5.0}, {"risk_weight": 0.724}, 3),
    Example({**_LOAN, "retail": True}, {"risk_weight": 0.4577}, 4),
)


def closed_form(
    pd: float,
    lgd: float,
    maturity: float = 2.5,
    turnover: float | None = None,
    retail: bool = False,
) -> Answer:
    """Return capital per unit of exposure and the risk weight."""
    arguments = (pd, lgd, maturity, turnover, retail)
    return {
        "capital": float(irb.capital_requirement(*arguments)),
        "risk_weight": float(irb.risk_weight(*arguments)),
    }
