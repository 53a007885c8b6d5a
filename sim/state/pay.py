"""Pay: what an officer's bonus rewards, as one who chooses how to work weighs it."""

from __future__ import annotations

from typing import NamedTuple


class Pay(NamedTuple):
    """A bonus plan; without one, all are zero."""

    bonus: float = 0.0  # bonus pool over new loans
    volume: float = 0.0  # share of the bonus paid for volume, the rest for quality
    deferred: float = 0.0  # share of the bonus paid out later
