"""Winner's curse in lending (Broecker 1990): each further bank funds more of the bad than the good.

n banks assess a firm independently, each by the signal of `signal_detection` with cut-off c, so it
approves a good firm with `alpha = Phi(d'-c)` and a bad one with `beta = Phi(-c)`.  A firm is funded
if any bank approves: `1-(1-alpha)^n` of the good, `1-(1-beta)^n` of the bad.
Reading: signals are independent given the type; the bank that lends is one that approved.
"""

from __future__ import annotations

from sim.theory.rows import Answer, Example
from sim.theory.signal_detection import approved

ROW, TITLE = "g", "bad rate among the firms that some bank funds"
EXAMPLES = (
    Example(
        {"separation": 1.0, "cut_off": 0.5, "share_bad": 0.1, "banks": 1},
        {"booked_bad_rate": 0.047237},
        6,
    ),
)


def closed_form(separation: float, cut_off: float, share_bad: float, banks: int) -> Answer:
    """Return the funded shares of good and bad firms, and the bad rate among the funded."""
    alpha, beta = approved(separation, cut_off)
    good, bad = 1.0 - (1.0 - alpha) ** banks, 1.0 - (1.0 - beta) ** banks
    booked_bad = share_bad * bad
    return {
        "funded_good": good,
        "funded_bad": bad,
        "booked_bad_rate": booked_bad / (booked_bad + (1.0 - share_bad) * good),
    }
