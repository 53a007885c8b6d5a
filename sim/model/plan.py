"""The machinery of the month: a plan is data, and running it is one loop.

A step asks a rule for a fact, which changes nothing, and hands it to a posting, which writes it
down.  Printing, timing, observing and plug-ins all work on the plan, so no step serves them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from sim.model.bank_month import BankMonth
from sim.state.market import Market

F = TypeVar("F")


@dataclass(frozen=True)
class Step(Generic[F]):
    """A rule and the posting of what it finds; where the rule finds None, nothing is posted."""

    name: str
    rule: Callable[[BankMonth], F | None]
    post: Callable[[Market, F], object]

    def run(self, month: BankMonth, observer: Observer) -> None:
        fact = self.rule(month)
        if fact is not None:
            self.post(month.market, fact)
            month.note(fact)
            observer(self, fact)


@dataclass(frozen=True)
class EachBank:
    """Steps that run bank by bank."""

    steps: tuple[Step[Any], ...]

    def run(self, month: BankMonth, observer: Observer) -> None:
        for bank in month.banks:
            month.bank = bank
            for step in self.steps:
                step.run(month, observer)


@dataclass(frozen=True)
class Part:
    """A stretch of the month with a heading."""

    heading: str
    steps: tuple[Step[Any] | EachBank, ...]


Plan: TypeAlias = tuple[Part, ...]
Observer: TypeAlias = Callable[[Step[Any], Any], None]


def each_bank(*steps: Step[Any]) -> EachBank:
    """Group steps that run bank by bank."""
    return EachBank(steps)


def run_plan(plan: Plan, month: BankMonth, observer: Observer) -> None:
    """Run a month; the observer gets each step and the fact that was just posted."""
    for part in plan:
        for step in part.steps:
            step.run(month, observer)


def this_month(month: BankMonth) -> int:
    """Return the month: all that a posting from the books alone needs."""
    return month.number


def for_later(market: Market, fact: object) -> None:
    """Post nothing: the fact is for later steps."""
