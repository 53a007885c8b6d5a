"""Which levers may depend on what the bank knows of a firm, and when they are applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.core.params import NO_LEVER, Params
from sim.policies.known_facts import Moment

# the families whose policies are applied to single files
MOMENTS: Mapping[str, Moment] = {
    "screening": Moment.APPLICATION,
    "approval": Moment.DECISION,
    "pricing": Moment.DECISION,
    "products": Moment.DECISION,
    "collateral": Moment.DECISION,
    "monitoring": Moment.LOAN,
}
EARLIER = {  # levers of the decision that act while a file is investigated
    "approval.days": Moment.APPLICATION,
    "approval.review_precision": Moment.APPLICATION,
}
ONE_FOR_ALL = {  # lever: why it is the same for all files
    "screening.learns_from_behaviour": "one system for all borrowers",
    "screening.check_months": "one system for all borrowers",
    "screening.bureau.shared": "the bank as a whole joins the bureau's exchange",
    "screening.cross_check.detection": "applicants have one view of detection per bank",
    "approval.listing_months": "one list for the whole bank",
    "collateral.fund_share": "one contract with the guarantee fund",
    "monitoring.extra_months": "one rule for all reschedulings",
    "monitoring.precision": "one warning system for all loans",
    "monitoring.accounts": "one system for all loans",
    "monitoring.false_alarms": "one threshold for all warnings",
    "monitoring.response_lag": "one team acts on all warnings",
    "monitoring.success": "one team acts on all warnings",
    "monitoring.reschedule": "one team acts on all warnings",
    "monitoring.ease": "one team acts on all warnings",
    "monitoring.call_misuse": "one team acts on all warnings",
    "monitoring.call": "one team acts on all warnings",
    "monitoring.cut": "one team acts on all warnings",
    "monitoring.added_cover": "one team acts on all warnings",
}


def moment_of(family: str, name: str) -> Moment:
    """Return when a lever is applied; `name` is its key within the policy, with dots."""
    return EARLIER.get(f"{family}.{name}", MOMENTS[family])


def why_not(family: str, name: str, field: Any) -> str:
    """Return why a parameter takes one value for all files; an empty text if it may depend."""
    key, extra = f"{family}.{name}", field.json_schema_extra
    extra = extra if isinstance(extra, dict) else {}
    if family not in MOMENTS:
        return "its policy is for the whole bank"
    if word := extra.get("no_lever"):
        return f"it is no lever but {NO_LEVER[str(word)]}"
    if key in ONE_FOR_ALL:
        return ONE_FOR_ALL[key]
    return "" if "cost" in extra else "it is no lever"


def conditional_levers(family: str, member: type[Params], prefix: str = "") -> Iterator[str]:
    """Yield the keys, with dots, of a policy's levers that may depend on what the bank knows."""
    for name, field in member.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, Params):
            yield from conditional_levers(family, inner, f"{prefix}{name}.")
        elif not why_not(family, f"{prefix}{name}", field):
            yield f"{prefix}{name}"
