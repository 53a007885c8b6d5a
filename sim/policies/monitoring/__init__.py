"""Monitoring: how often live loans are looked at, when a warning is raised, what is then done.

May import: core, credit, state.
Never: knows who diverts; it sees scores.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.registry import Family
from sim.core.view import View
from sim.policies.policy import Policy


class Watch(NamedTuple):
    """What looking at live loans takes, and how well it sees."""

    precision: float = 1.0  # 1/instalment^2, of the warning score
    inspection_cost: float = 0.0  # CNY
    inspection_hours: float = 0.0
    proceeds_check: float = 0.0  # chance that the use of a new loan is checked
    proceeds_cost: float = 0.0  # CNY
    proceeds_hours: float = 0.0
    system_cost: float = 0.0  # CNY per loan and month


class Action(NamedTuple):
    """What is done when a warning is acted on."""

    lag: int = 1_000_000  # months from the warning; more than any run has where nobody acts
    success: float = 0.0  # chance that a diversion stops
    cost: float = 0.0  # CNY
    hours: float = 0.0
    reschedule: bool = False
    asked: float = 0.0  # share of balance to be repaid at once
    added_cover: float = 0.0  # share of balance to be pledged in addition


class Monitoring(Policy):
    """How a bank watches and steps in."""

    evergreening: float = param(
        0.0, unit="probability", ge=0, le=1, source="A: switch; .3 where on",
        meaning="chance that a bank of weak culture rolls over a loan that falls behind",
        no_lever="conduct",
    )  # fmt: skip
    evergreening_below: float = param(
        0.5, unit="ratio", ge=0, le=1, source="A: design notes, section 5",
        meaning="culture below which loans are rolled over",
        no_lever="conduct",
    )  # fmt: skip
    extra_months: int = param(
        6, unit="months", ge=1, le=120, source="A: design notes, section 5",
        meaning="by how much a reschedule or a roll-over lengthens the term",
        cost="provision_charge where it is raised: a rescheduled loan is repaid later",
    )  # fmt: skip

    @property
    def looks(self) -> bool:
        """Whether anybody ever looks at a live loan."""
        return True

    def inspection_chance(self, files: View) -> NDArray[np.float64]:
        """Return the monthly chance that each live loan is inspected, shape (n,).

        Asked only of a policy that `looks`.
        """
        raise NotImplementedError(f"{type(self).__name__} must say how often")

    def watch(self) -> Watch:
        """Return what looking takes; nothing where nobody looks."""
        return Watch()

    def action(self) -> Action:
        """Return what is done about a warning; nothing where none is raised."""
        return Action()


MONITORING: Family[Monitoring] = Family(__name__, Monitoring)
