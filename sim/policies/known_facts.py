"""What a bank knows of a firm when it applies a rule: the facts that a condition may name.

A rule stands in a procedure, so it rests on what is on file or reported, not on what an officer
perceives.  The views that `read` gets are limited to that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from sim.core.arrays import Floats, Integers
from sim.core.view import View
from sim.credit.classes import LoanClass
from sim.state.market import NEVER

GRADES = tuple(name.lower() for name in LoanClass.__members__)


class Moment(IntEnum):
    """When a lever is applied to a firm."""

    APPLICATION = 0  # before the investigation
    DECISION = 1
    LOAN = 2  # each month of a live loan


class Fact(NamedTuple):
    """One fact about a firm, its request or its loan."""

    unit: str
    meaning: str
    moments: tuple[Moment, ...]
    read: Callable[[View, int], Any]  # from a view and the month, (n,)
    whole: bool = False  # takes whole numbers only
    names: tuple[str, ...] = ()  # values have these names, in the order of their codes
    named_by_scenario: bool = False  # values have names that the scenario gives

    @property
    def continuous(self) -> bool:
        """Whether it can be any number, so that hardly two firms have the same."""
        return not (self.whole or self.names or self.named_by_scenario)


_REQUEST = (Moment.APPLICATION, Moment.DECISION)
_LOAN = (Moment.LOAN,)
_ALWAYS = (*_REQUEST, *_LOAN)


def _months_known(files: View, month: int) -> Integers:
    since = files.known_since
    return np.asarray(np.where(since == NEVER, 0, month - since))


def _late_share(files: View, month: int) -> Floats:
    return np.asarray(files.late_looks / np.maximum(files.looks, 1))


FACTS: Mapping[str, Fact] = {
    "sector": Fact(
        "name", "sector of business", _ALWAYS,
        lambda files, month: files.sector, named_by_scenario=True,
    ),
    "firm_age": Fact(
        "months", "months since the firm was founded", _ALWAYS,
        lambda files, month: month - files.born, whole=True,
    ),
    "relationship": Fact(
        "months", "months since the firm's first contact with the bank; 0 if new", _ALWAYS,
        _months_known, whole=True,
    ),
    "past_arrears": Fact(
        "share", "share of the bank's quarterly checks that found the firm past due", _ALWAYS,
        _late_share,
    ),
    "paid_after": Fact(
        "months", "months after delivery in which customers pay, as reported", _ALWAYS,
        lambda files, month: files.paid_after, whole=True,
    ),
    "amount": Fact(
        "CNY", "amount requested", _REQUEST, lambda files, month: files.amount,
    ),
    "term": Fact(
        "months", "term requested", _REQUEST, lambda files, month: files.tenor, whole=True,
    ),
    "stated_turnover": Fact(
        "CNY a year", "turnover as stated by the firm", _REQUEST,
        lambda files, month: files.stated_turnover,
    ),
    "pd": Fact(
        "probability", "the bank's estimate of default, after the investigation",
        (Moment.DECISION,), lambda files, month: files.applications_pd,
    ),
    "principal": Fact("CNY", "amount lent", _LOAN, lambda files, month: files.principal),
    "balance": Fact("CNY", "principal outstanding", _LOAN, lambda files, month: files.balance),
    "remaining": Fact(
        "months", "instalments not yet due", _LOAN,
        lambda files, month: files.remaining, whole=True,
    ),
    "loan_age": Fact(
        "months", "months since disbursement", _LOAN,
        lambda files, month: month - files.granted, whole=True,
    ),
    "arrears": Fact("days", "days past due", _LOAN, lambda files, month: files.dpd, whole=True),
    "grade": Fact(
        "name", "class of the loan", _LOAN, lambda files, month: files.grade, names=GRADES,
    ),
    "pd_at_grant": Fact(
        "probability", "the bank's estimate of default when it lent", _LOAN,
        lambda files, month: files.loans_pd,
    ),
}  # fmt: skip


def known_at(moment: Moment) -> list[str]:
    """Return the names of the facts that are known at a moment."""
    return [name for name, fact in FACTS.items() if moment in fact.moments]
