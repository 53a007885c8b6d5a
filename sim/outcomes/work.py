"""Work of officers, and performance of warnings."""

from __future__ import annotations

from sim.core.arrays import Floats
from sim.outcomes.history import History, ratio
from sim.outcomes.metric import metric


@metric("ratio", "Officers' workload", better="none")
def workload(history: History) -> Floats:
    """Hours of work required over officers' available hours, mean of all reported months."""
    return history.mean("workload")


@metric("share", "Officers' effort", better="higher")
def effort(history: History) -> Floats:
    """Officers' effort over full effort, mean of all reported months; true value, not observed."""
    return history.mean("effort")


@metric("share", "Precision of warnings", better="higher")
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
    distinguish from others; all reported months."""
    return history.total("alarms") - history.total("alarms_true")


@metric("months", "Lead time of warnings", better="higher")
def warning_lead(history: History) -> Floats:
    """Mean months from the first warning to default, over defaults preceded by a warning; all
    reported months."""
    return ratio(history.total("warning_lead"), history.total("warned_defaults"))


@metric("share", "Defaults preceded by a warning", better="higher")
def warned_defaults(history: History) -> Floats:
    """Defaults preceded by a warning over all defaults; all reported months."""
    return ratio(history.total("warned_defaults"), history.total("defaults"))


@metric("count", "Misuses proven", judged=False)
def caught(history: History) -> Floats:
    """Borrowers whose misuse of a loan was proven; all reported months."""
    return history.total("caught")


@metric("count", "Loans eased", judged=False)
def eased(history: History) -> Floats:
    """Loans not past due whose term the bank lengthened after a warning; all reported months."""
    return history.total("eased")


@metric("ratio", "Default, least over most diligent officers", better="lower", judged=False)
def officer_spread(history: History) -> Floats:
    """Defaults within 18 months over loans granted, in the least diligent fifth of officers over
    that in the most diligent; all reported months.  Nan where either has no loan or the latter no
    default; over several seeds, take the ratio of the sums of the columns that it is made of."""
    least = ratio(history.total("failed_fifth_1"), history.total("lent_fifth_1"))
    most = ratio(history.total("failed_fifth_5"), history.total("lent_fifth_5"))
    return ratio(least, most)


@metric("share", "Approvals by override")
def override_rate(history: History) -> Floats:
    """Refusals overridden over applications approved; all reported months."""
    return ratio(history.total("overridden"), history.total("approved"))
