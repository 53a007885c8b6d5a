"""How the bank's people and systems worked."""

from __future__ import annotations

from sim.outcomes.history import Floats, History, ratio
from sim.outcomes.metric import metric


@metric("ratio", "Officers' workload", better="none")
def workload(history: History) -> Floats:
    """Hours asked of officers over hours they have, mean of all reported months."""
    return history.mean("workload")


@metric("share", "Officers' effort", better="higher")
def effort(history: History) -> Floats:
    """Share of full effort that officers give, mean of all reported months; nature's truth."""
    return history.mean("effort")


@metric("share", "Warnings that were true", better="higher")
def alarms_true(history: History) -> Floats:
    """Warnings on firms that diverted their loan or were past due, over all warnings."""
    return ratio(history.total("alarms_true"), history.total("alarms"))


@metric("share", "Refusals overruled")
def override_rate(history: History) -> Floats:
    """Refusals turned into approvals over applications approved; all reported months."""
    return ratio(history.total("overridden"), history.total("approved"))
