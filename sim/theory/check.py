"""Compares every exact answer with the result of the production code, by sampling error alone.

A simulated number may miss its closed form by chance, so the distance z is measured in its own
standard errors.  Below 4 it agrees, since chance alone exceeds that once in 16,000.  A number
without randomness must agree up to rounding.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, cast

from sim.theory.bench.estimate import Measured
from sim.theory.rows import Answer, row, rows

MOST = 4.0  # standard errors
SEED = 7
EXACT, AGREES, DIFFERS = "agrees exactly", "agrees", "DIFFERS"


@dataclass(frozen=True)
class LimitResult:
    """One quantity of a row: what it should be, what the production code gave, and the verdict."""

    row: str
    title: str
    quantity: str
    closed_form: float
    simulated: float
    standard_error: float
    z: float  # standard errors from the closed form; 0 or infinite without randomness
    verdict: str
    off: str  # what is switched off or put to an extreme

    @property
    def holds(self) -> bool:
        """Return whether the quantity does not differ: it agrees, or no run can show it."""
        return self.verdict != DIFFERS


class Limit(Protocol):
    """A module of `sim.theory.limits`, of the same name as its row."""

    __name__: str
    __doc__: str | None
    OFF: str
    PRODUCTION: tuple[str, ...]
    CASE: Mapping[str, Any]
    answers: Callable[[Mapping[str, Any]], Answer]
    simulated: Callable[[int, Mapping[str, Any]], dict[str, Measured]]


@cache
def limits() -> dict[str, Limit]:
    """Return the limiting scenario of every row that has one, in the order of their letters."""
    package = importlib.import_module("sim.theory.limits")
    found = {info.name for info in pkgutil.iter_modules(package.__path__)}
    return {
        name: cast(Limit, importlib.import_module(f"{package.__name__}.{name}"))
        for name in rows()
        if name in found
    }


def run_all(seed: int = SEED) -> list[LimitResult]:
    """Return the records of all rows, in the order of their letters."""
    return [record for name in limits() for record in run(name, seed)]


def run(name: str, seed: int = SEED) -> list[LimitResult]:
    """Return the records of one row, by its file name or letter.

    Raises `RequestError` for an unknown name.
    """
    limit = limits()[row(name).__name__.rpartition(".")[2]]
    return list(compare(limit, limit.answers(limit.CASE), limit.simulated(seed, limit.CASE)))


def compare(
    limit: Limit, answers: Answer, estimates: Mapping[str, Measured]
) -> Iterator[LimitResult]:
    """Yield a record for each quantity that the closed form answers."""
    name = limit.__name__.rpartition(".")[2]
    reasons: Mapping[str, str] = getattr(limit, "CLOSED_FORM_ONLY", {})
    for quantity, answer in answers.items():
        found = estimates.get(quantity, Measured(math.nan, math.nan))
        z = distance(answer, found)
        if quantity in reasons:
            verdict = f"closed form only, because {reasons[quantity]}"
        elif not abs(z) < MOST:
            verdict = DIFFERS
        else:
            verdict = AGREES if found.standard_error > 0.0 else EXACT
        yield LimitResult(
            row(name).ROW, row(name).TITLE, quantity, answer, found.value,
            found.standard_error, z, verdict, limit.OFF,
        )  # fmt: skip


def distance(answer: float, found: Measured) -> float:
    """Return how many standard errors an estimate lies above an answer.

    Without randomness it is 0 within the tolerance and infinite beyond it.
    """
    gap = found.value - answer
    if found.standard_error == 0.0:
        near = abs(gap) <= found.tolerance * max(1.0, abs(answer))
        return 0.0 if near else math.copysign(math.inf, gap)
    return gap / found.standard_error
