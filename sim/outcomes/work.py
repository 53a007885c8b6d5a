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
    """Warnings on firms that diverted their loan or were past due, over all warnings; the rest are
    false alarms; all reported months."""
    return ratio(history.total("alarms_true"), history.total("alarms"))


@metric("count", "True alarms", judged=False)
def true_alarms(history: History) -> Floats:
    """Warnings on firms that diverted their loan or were past due; all reported months."""
    return history.total("alarms_true")


@metric("count", "False alarms", better="lower", judged=False)
def false_alarms(history: History) -> Floats:
    """Warnings on firms that neither diverted their loan nor were past due, which the bank cannot
    tell from others; all reported months."""
    return history.total("alarms") - history.total("alarms_true")


@metric("months", "Lead time of warnings", better="higher")
def warning_lead(history: History) -> Floats:
    """Mean months from the first warning to default, over defaults that a warning came before; all
    reported months."""
    return ratio(history.total("warning_lead"), history.total("warned_defaults"))


@metric("share", "Defaults that were warned of", better="higher")
def warned_defaults(history: History) -> Floats:
    """Defaults that a warning came before over all defaults; all reported months."""
    return ratio(history.total("warned_defaults"), history.total("defaults"))


@metric("share", "Approvals by override")
def override_rate(history: History) -> Floats:
    """Refusals turned into approvals over applications approved; all reported months."""
    return ratio(history.total("overridden"), history.total("approved"))
