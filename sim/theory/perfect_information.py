"""No frictions: who knows everything, watches for nothing and meets no shock loses nothing.

With `Phi(a - b theta)` known to be 0 or 1 the bank books the good and refuses the bad; detection
of 1 leaves `(1-P) gain = 0` to whoever would divert; and a firm that earns what its quality says,
each month, pays each instalment.  So no good firm is refused, no bad one booked, no loan is
diverted, and none defaults.
Reading: exact, whatever the share of bad firms and however great the temptation; unwatched, all of
those tempted divert.
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
    """Return the shares approved of all, refused of good, booked of bad, diverted and lost."""
    return {
        "approved": 1.0 - share_bad,
        "good_refused": 0.0,
        "bad_booked": 0.0,
        "diverted": 0.0 if watched else 1.0,
        "default": 0.0,
    }
