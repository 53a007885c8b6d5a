"""Monitoring: how often live loans are looked at, when a warning is raised, what is then done.

May import: core, credit, state.
Never: knows who diverts; it sees scores.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.registry import Family
from sim.core.view import View
from sim.policies.policy import Policy


class Monitoring(Policy):
    """How a bank watches and steps in."""

    inspection_cost: float = param(
        400.0, unit="CNY", ge=0, le=1e6, source="A: travel and time of others",
        meaning="cost of one inspection",
    )  # fmt: skip
    inspection_hours: float = param(
        2.0, unit="hours", ge=0, le=200, source="A: MODEL.md section 5",
        meaning="officer's time for one inspection",
    )  # fmt: skip
    precision: float = param(
        0.3, unit="1/instalment^2", gt=0, le=100, source="A: .3 base, 1.5 optimised",
        meaning="tau_w: inverse variance of the warning score's noise",
        cost="monitoring_cost, by `system_cost` per loan and month",
    )  # fmt: skip
    system_cost: float = param(
        0.0, unit="CNY per loan and month", ge=0, le=1e5, source="A: 20 where automatic",
        meaning="cost of an automatic warning system",
    )  # fmt: skip
    response_lag: int = param(
        3, unit="months", ge=0, le=60, source="A: 3 base, 1 optimised",
        meaning="months from a warning to action",
        cost="monitoring_cost and hours of each action",
    )  # fmt: skip
    success: float = param(
        0.20, unit="probability", ge=0, le=1, source="A: .20 base, .35 optimised",
        meaning="chance that an action stops a diversion",
        cost="monitoring_cost by `action_cost`, which grows with success / (1 - success)",
    )  # fmt: skip
    action_cost: float = param(
        1_000.0, unit="CNY", ge=0, le=1e6, source="A: lawyers and visits",
        meaning="cost of one action at a chance of success of one half",
    )  # fmt: skip
    action_hours: float = param(
        3.0, unit="hours", ge=0, le=200, source="A: an arrears case",
        meaning="officer's time for one action",
    )  # fmt: skip
    reschedule: bool = param(
        True, unit="switch", source="A: MODEL.md section 5",
        meaning="borrowers in arrears are rescheduled once when a warning is acted on",
    )  # fmt: skip
    extra_months: int = param(
        6, unit="months", ge=1, le=120, source="A: MODEL.md section 5",
        meaning="by how much a reschedule lengthens the term",
    )  # fmt: skip
    call: bool = param(
        False, unit="switch", source="A: MODEL.md section 5",
        meaning="loans with a warning and no arrears are called for what cash there is",
    )  # fmt: skip

    cut: float = param(
        0.0, unit="share of balance", ge=0, le=1, source="A: 0 base, .2 where used",
        meaning="share of the balance to be repaid at once when a warning is acted on",
    )  # fmt: skip
    added_cover: float = param(
        0.0, unit="share of balance", ge=0, le=3, source="A: 0 base, .2 where used",
        meaning="collateral to be added when a warning is acted on",
    )  # fmt: skip
    proceeds_check: float = param(
        0.1, unit="probability", ge=0, le=1, source="A: .1 base, .6 optimised",
        meaning="chance that the use of a new loan is checked in its second month",
        cost="monitoring_cost by `proceeds_cost`, `proceeds_hours`",
    )  # fmt: skip
    proceeds_cost: float = param(
        150.0, unit="CNY", ge=0, le=1e6, source="A: MODEL.md section 5",
        meaning="cost of checking the use of a loan",
    )  # fmt: skip
    proceeds_hours: float = param(
        1.0, unit="hours", ge=0, le=200, source="A: MODEL.md section 5",
        meaning="officer's time for checking the use of a loan",
    )  # fmt: skip
    evergreening: float = param(
        0.0, unit="probability", ge=0, le=1, source="A: switch; .3 where on",
        meaning="chance that a bank of weak culture rolls over a loan that falls behind",
    )  # fmt: skip
    evergreening_below: float = param(
        0.5, unit="ratio", ge=0, le=1, source="A: MODEL.md section 5",
        meaning="culture below which loans are rolled over",
    )  # fmt: skip

    def inspection_chance(self, files: View) -> NDArray[np.float64]:
        """Return the monthly chance that each live loan is inspected, shape (n,)."""
        raise NotImplementedError(f"{type(self).__name__} must say how often")


MONITORING: Family[Monitoring] = Family(__name__, Monitoring)
