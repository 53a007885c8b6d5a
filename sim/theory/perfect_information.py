"""No frictions: a bank with full information, free monitoring and no shocks loses nothing.

With `Phi(a - b theta)` known to be 0 or 1 the bank books the good and refuses the bad; detection
of 1 leaves a gain from diverting of `(1-P) gain = 0`; and a firm that earns each month what its
quality implies pays each instalment.  So no good firm is refused, no bad one booked, no loan is
diverted, and none defaults.
Reading: exact for any share of bad firms and any temptation; without monitoring, all tempted firms
divert.
"""

from __future__ import annotations

from sim.theory.rows import Answer, Example

ROW, TITLE = "o", "what is lost with perfect information, free monitoring and no shocks"
EXAMPLES = (
    Example(
        {"share_bad": 0.3},
        {"approved": 0.7, "good_refused": 0.0, "bad_booked": 0.0, "diverted": 0.0, "default": 0.0},
        12,
    ),
)


def closed_form(share_bad: float, watched: bool = True) -> Answer:
    """Return the shares approved of all, refused of good, booked of bad, diverted, defaulted."""
    return {
        "approved": 1.0 - share_bad,
        "good_refused": 0.0,
        "bad_booked": 0.0,
        "diverted": 0.0 if watched else 1.0,
        "default": 0.0,
    }
