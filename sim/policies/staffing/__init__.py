"""Staffing: who does the work, how they are trained, paid and watched.

May import: core, credit, state.
Never: knows an officer's diligence.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.registry import Family
from sim.policies.policy import Policy

Floats = NDArray[np.float64]


class Staffing(Policy):
    """How a bank is staffed, and how it sees to it that rules are kept."""

    culture: float = param(
        0.4, unit="ratio", ge=0, le=1, source="A: .4 base, .8 optimised",
        meaning="risk culture that leadership, training and audit work toward",
        cost="fixed_cost, by `culture_cost`",
    )  # fmt: skip
    culture_cost: float = param(
        20_000.0, unit="CNY a year per officer", ge=0, le=1e7, source="A: workshops, management",
        meaning="cost of holding culture at one half; it grows with culture / (1 - culture)",
        no_lever="price",
    )  # fmt: skip
    culture_lag: float = param(
        18.0, unit="months", ge=1, le=600, source="A: 12-24 months",
        meaning="time in which culture closes most of the gap to its aim",
        no_lever="nature",
    )  # fmt: skip
    execution_base: float = param(
        0.3, unit="probability", ge=0, le=1, source="A: .6 at culture .4, .9 at .8",
        meaning="chance that a prescribed step is carried out where there is no culture",
        no_lever="nature",
    )  # fmt: skip
    execution_by_culture: float = param(
        0.75, unit="probability per unit", ge=0, le=1, source="A: .6 at culture .4, .9 at .8",
        meaning="rise of that chance with culture",
        no_lever="nature",
    )  # fmt: skip

    audit: float = param(
        0.05, unit="share of files", ge=0, le=1, source="A: .05 base, .25 optimised",
        meaning="share of decided files that internal audit opens; some favours of officers are"
        " found so",
        cost="fixed_cost by `audit_cost`",
    )  # fmt: skip
    audit_cost: float = param(
        800.0, unit="CNY a file", ge=0, le=1e6, source="A: design notes, section 4",
        meaning="cost of auditing a file",
        no_lever="price",
    )  # fmt: skip
    audit_effect: float = param(
        0.5, unit="culture per unit", ge=0, le=5, source="A: swept",
        meaning="by how much audit lifts the culture that the bank moves toward",
        no_lever="nature",
    )  # fmt: skip

    @property
    def culture_aim(self) -> float:
        """Culture that the bank moves toward."""
        return min(1.0, self.culture + self.audit_effect * self.audit)

    def yearly_cost(self, firms: int, seats: int) -> float:
        climate = self.culture / max(1.0 - self.culture, 0.05)
        return self.culture_cost * climate * seats

    @property
    def people(self) -> bool:
        """Whether officers tire, learn and leave; if not, every step has its full power."""
        return True

    @property
    def month_hours(self) -> float:
        """Hours that an officer can work in a month."""
        raise NotImplementedError(f"{type(self).__name__} must say its hours")

    def hours(self, files: Floats, loans: Floats, late: Floats) -> Floats:
        """Return the work asked of officers this month, (m,) hours.

        `files` (m,) are the hours of this month's files and visits, `loans` (m,) the live loans
        looked after, `late` (m,) those in arrears.
        """
        return files

    def salaries(self, seats: int) -> float:
        """Return monthly pay, CNY."""
        return 0.0

    def training(self, seats: int) -> float:
        """Return monthly cost of training, of keeping and of moving people, CNY."""
        return 0.0

    @property
    def bonus_rate(self) -> float:
        """Bonus pot over principal lent."""
        return 0.0

    @property
    def deferred(self) -> float:
        """Share of the bonus that is kept back."""
        return 0.0

    @property
    def time_pressure(self) -> float:
        """How strongly pay pulls officers toward volume, 0 to 1."""
        return 0.0

    @property
    def leaving(self) -> float:
        """Monthly chance that an officer leaves."""
        return 0.0

    def rotates(self, month: int) -> bool:
        """Return whether officers trade places with those of other branches this month."""
        return False

    @property
    def takeover_hours(self) -> float:
        """Hours that the successor spends on each loan taken over when officers rotate."""
        return 0.0

    @property
    def replacing(self) -> float:
        """CNY spent on each officer who has to go."""
        return 0.0

    @property
    def time_to_learn(self) -> float:
        """Months in which an officer learns most of the craft."""
        return 1.0

    def seats(self, firms: int) -> int:
        """Return how many officers serve a market of so many firms."""
        raise NotImplementedError(f"{type(self).__name__} must say its headcount")


STAFFING: Family[Staffing] = Family(__name__, Staffing)
