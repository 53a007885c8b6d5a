"""Whether a calm market stays as it begins: its last three years against its first three.

Each outcome is pooled over the years of a seed, and its difference is tested for equivalence: the
90 % interval of the mean over seeds must lie within a band set beforehand.  An interval that covers
zero would not do, since few seeds always give one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.analysis.equivalence import equivalence
from sim.core.arrays import Floats
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.facts import Demanded

COLUMNS = (
    "defaults", "performing", "npl", "gross_loans", "diverting", "loans", "approved", "decided",
    "profit",
)  # fmt: skip # of the first bank's ledger
YEAR = 12  # months
COMPARED = 3 * YEAR  # months at the beginning and at the end
Sums = dict[str, Floats]  # of each column over some months, (seeds,)


class Outcome(NamedTuple):
    """An outcome of a steady state, and how far it may move."""

    name: str
    of: Callable[[Sums], Floats]
    band: float
    relative: bool  # whether the band is a share of the level


OUTCOMES = (
    Outcome("default a year", lambda s: 12.0 * s["defaults"] / s["performing"], 0.10, True),
    Outcome("NPL ratio", lambda s: s["npl"] / s["gross_loans"], 0.10, True),
    Outcome("diverted share", lambda s: s["diverting"] / s["loans"], 0.10, True),
    Outcome("approval", lambda s: s["approved"] / s["decided"], 0.10, True),
    Outcome("applicants' quality", lambda s: s["quality"] / s["applied"], 0.02, False),
    Outcome("profit over book a year", lambda s: 12.0 * s["profit"] / s["gross_loans"], 0.15, True),
)


class Steady(NamedTuple):
    """What a test of one outcome found; `low` and `high` bound the interval of the difference."""

    name: str
    level: float  # over all years
    first: float
    last: float
    difference: float
    low: float
    high: float
    band: float  # in the outcome's own unit

    @property
    def verdict(self) -> str:
        """Whether the interval lies in the band, beyond it, or on both sides of its edge."""
        if -self.band <= self.low and self.high <= self.band:
            return "steady"
        return "moves" if self.low > self.band or self.high < -self.band else "not shown"


def calm(scenario: Scenario, months: int) -> Scenario:
    """Return a scenario without a path of its own economy and without planned growth."""
    growth = {f"banks.{name}.growth_target": 0.0 for name in scenario.banks}
    return scenario.with_({"horizon": months, "economy.macro.months": 0} | growth)


def monthly(scenario: Scenario, seeds: Sequence[int]) -> dict[str, Floats]:
    """Return what the outcomes need, each (months, seeds)."""
    simulation = Simulation(scenario, seeds, check=False)
    market, months = simulation.market, scenario.horizon
    names = (*COLUMNS, "quality", "applied")
    found: dict[str, Floats] = {name: np.zeros((months, market.runs)) for name in names}

    def observe(step: Any, fact: object) -> None:
        if isinstance(fact, Demanded) and market.month >= 1:
            run = market.firms.run[fact.rows]
            theta = market.firms.theta[fact.rows]
            found["quality"][market.month - 1] += np.bincount(run, theta, market.runs)
            found["applied"][market.month - 1] += np.bincount(run, minlength=market.runs)

    simulation.observer = observe
    books = market.books_at(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        while simulation.month < months:
            simulation.advance()
            if simulation.month >= 1:
                for name in COLUMNS:
                    found[name][simulation.month - 1] = getattr(market.ledger, name)[books]
    return found


def joined(parts: Sequence[dict[str, Floats]]) -> dict[str, Floats]:
    """Join several groups of seeds."""
    return {name: np.concatenate([part[name] for part in parts], axis=1) for name in parts[0]}


def by_year(found: dict[str, Floats]) -> dict[str, Floats]:
    """Return each outcome in each year, pooled over all seeds, (years,)."""
    pooled = {name: values.sum(axis=1).reshape(-1, YEAR).sum(axis=1)
              for name, values in found.items()}  # fmt: skip
    return {outcome.name: outcome.of(pooled) for outcome in OUTCOMES}


def compared_years(found: dict[str, Floats]) -> list[Steady]:
    """Test each outcome: its last three years against its first three."""
    every, first, last = (
        {name: values[part].sum(axis=0) for name, values in found.items()}
        for part in (slice(None), slice(COMPARED), slice(-COMPARED, None))
    )
    return [_compared(outcome, every, first, last) for outcome in OUTCOMES]


def _compared(outcome: Outcome, every: Sums, first: Sums, last: Sums) -> Steady:
    level = float(np.mean(outcome.of(every)))
    band = outcome.band * (abs(level) if outcome.relative else 1.0)
    begins, ends = outcome.of(first), outcome.of(last)
    shown = equivalence(ends - begins, band) if band > 0.0 else None
    difference, low, high = (
        (shown.difference, shown.low, shown.high) if shown else (0.0, np.nan, np.nan)
    )
    return Steady(
        outcome.name, level, float(np.mean(begins)), float(np.mean(ends)), difference, low, high,
        band,
    )  # fmt: skip
