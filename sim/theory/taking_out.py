"""Taking out a share of what a loan was put into: who resists, given what others were caught for.

An owner takes the share d out of the value u still in use per CNY owed.  The private benefit of it
is b per CNY taken; caught, the owner loses s per CNY owed and what it loses of a pledge c per CNY.
With m the chance of a proven case a month, n months to go and `P = 1 - (1-m)^n`, it takes out iff
its resistance is below `kappa = (1-P) d u b / (P (s + c))`, where
`s = (f - 1) r n/24 + called + listed + relationship`, f being the penalty rate over the contract
rate r, and the n/24 the years for which half of the balance bears it on average.
Reading: all that is feared stands inside P, so at m = 0 everybody takes out, whatever is at stake;
a fear outside P, as of the relationship in the first edition, needs a different formula.
"""

from __future__ import annotations

import math

from sim.theory.rows import Answer, Example

ROW, TITLE = "c3", "the resistance from which an owner leaves a loan where it was put"
_CASE = {"in_use": 1.0, "rate": 0.06, "months": 3, "view": 0.01}
EXAMPLES = (
    Example(_CASE, {"resistance": 4.7232}, 4),
    Example({**_CASE, "pledge": 0.1}, {"resistance": 2.4051}, 4),
)


def closed_form(
    in_use: float,
    rate: float,
    months: float,
    view: float,
    benefit: float = 0.03,
    taken: float = 0.5,
    penalty_rate: float = 1.5,
    called: float = 0.0,
    listed: float = 0.1,
    relationship: float = 0.0,
    pledge: float = 0.0,
) -> Answer:
    """Return the resistance at which the owner is indifferent."""
    caught = 1.0 - (1.0 - view) ** months
    lost = (penalty_rate - 1.0) * rate * months / 24.0 + called + listed + relationship + pledge
    if caught * lost == 0.0:
        return {"resistance": math.inf}
    return {"resistance": (1.0 - caught) * taken * in_use * benefit / (caught * lost)}
