"""Hidden choice of project: above some rate a borrower prefers the risky project.

Stiglitz and Weiss (1981).  The safe project succeeds with `ps` and pays `Rs`, the risky one with
`pr < ps` and `Rr`.  The safe one is chosen iff `R <= (ps Rs - pr Rr)/(ps - pr)`, R gross.
Reading: collateral C, lost on failure, shifts the switch by exactly C.  With monitoring, a firm
caught with chance m is made to run the safe project and pays F; that shifts it by
`m F/((1-m)(ps-pr))`.  A different meaning of "caught" needs a different formula.
"""

from __future__ import annotations

from sim.theory.rows import Answer, Example

ROW, TITLE = "c2", "the highest rate at which a borrower chooses the safe project"
_PROJECTS = {"safe_success": 0.97, "safe_payoff": 1.22, "risky_success": 0.80, "risky_payoff": 1.25}
EXAMPLES = (
    Example(_PROJECTS, {"highest_rate": 1.078824}, 6),
    Example({**_PROJECTS, "collateral": 0.1}, {"highest_rate": 1.178824}, 6),
)


def closed_form(
    safe_success: float,
    safe_payoff: float,
    risky_success: float,
    risky_payoff: float,
    collateral: float = 0.0,
    monitoring: float = 0.0,
    penalty: float = 0.0,
) -> Answer:
    """Return the gross rate at which the borrower is indifferent between the projects."""
    gap = safe_success - risky_success
    unsecured = (safe_success * safe_payoff - risky_success * risky_payoff) / gap
    deterred = monitoring * penalty / ((1.0 - monitoring) * gap)
    return {"highest_rate": unsecured + collateral + deterred}
