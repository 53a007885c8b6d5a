"""The columns of the two tables of detail, and the labels of their codes."""

from __future__ import annotations

from sim.model.detail.growing import Blank
from sim.state.market import NEVER

UNKNOWN = float("nan")
DECISIONS = ("open", "walked away", "refused", "approved", "before month 1", "withdrawn", "renewed")
ANSWERS = ("", "taken", "declined", "lost to a rival", "lost to another bank")
OUTCOMES = ("", "live", "repaid", "default")
CLASSES = ("normal", "special mention", "substandard", "doubtful", "loss")
SCHEDULES = ("level", "bullet", "seasonal", "revolving", "receivables")
KINDS = ("class", "default", "warning", "intervention", "repaid", "worked out", "misuse proven")
EFFECTS = ("none", "diversion stopped", "called in part", "rescheduled", "eased")
FLAG = 2  # code of a flag that is not known

LOANS: dict[str, Blank] = {
    # one row per application, and per loan that was on the book before month 1
    "slot": ("i8", -1), "lender": ("i1", -1), "generation": ("i4", 0), "sector": ("i1", 0),
    "applied": ("i4", NEVER), "decided": ("i4", NEVER), "granted": ("i4", NEVER),
    "amount": ("f8", UNKNOWN), "tenor": ("i4", NEVER), "schedule": ("i1", -1),
    "collateral": ("f8", UNKNOWN), "rate": ("f8", UNKNOWN), "pd": ("f8", UNKNOWN),
    "belief": ("f8", UNKNOWN), "belief_sd": ("f8", UNKNOWN),
    "quality": ("f8", UNKNOWN), "true_pd": ("f8", UNKNOWN), "good": ("i1", FLAG),
    "falsified": ("i1", FLAG), "caught": ("i1", FLAG),
    "officer": ("i4", -1), "workload": ("f8", UNKNOWN), "effort": ("f8", UNKNOWN),
    "decision": ("i1", 0), "overridden": ("i1", 0), "answer": ("i1", 0), "outcome": ("i1", 0),
    "first_class": ("i1", -1), "first_warning": ("i4", NEVER), "default_month": ("i4", NEVER),
    "ended": ("i4", NEVER),
}  # fmt: skip

EVENTS: dict[str, Blank] = {
    "loan": ("i8", -1), "month": ("i4", 0), "kind": ("i1", 0),
    "was": ("i1", -1), "now": ("i1", -1), "true": ("i1", FLAG),
}  # fmt: skip
