"""A bank that practises post-loan care, and how to listen to what it finds and does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from sim.model.simulation import Simulation
from tests.model.worlds import advanced, scenario
from tests.steps import replace_rule

MONTHS = 24
FIRMS: dict[str, Any] = {
    "count": 300,
    "volatility": 0.2,
    "demand": {"need_monthly": 0.3},
    "temptation": {"omega": 10.0},
}


def simulated(
    months: int = MONTHS, omega: float = 10.0, seeds: Sequence[int] = (1, 2), **monitoring: Any
) -> Simulation:
    """Return a small market whose bank carries out every step of this monitoring."""
    bank = {
        "monitoring": {"kind": "care", "monthly": 0.5, "precision": 1.5} | monitoring,
        "staffing": {"kind": "none"},
        "approval": {"kind": "all"},
    }
    firms = FIRMS | {"temptation": {"omega": omega}}
    world = scenario(bank, firms=firms, horizon=months, burn_in={"months": 0})
    return Simulation(world, list(seeds))


def listen(
    patch: pytest.MonkeyPatch, rule: Callable[[Any], Any], hear: Callable[[Any, Any], None]
) -> None:
    """Let `hear` see the month and each fact of a rule before it is posted."""

    def spy(month: Any) -> Any:
        fact = rule(month)
        hear(month, fact)
        return fact

    replace_rule(patch, rule, spy)


def heard(
    patch: pytest.MonkeyPatch,
    rule: Callable[[Any], Any],
    hear: Callable[[Any, Any], None],
    **how: Any,
) -> Simulation:
    """Simulate all months while `hear` listens to a rule."""
    listen(patch, rule, hear)
    return advanced(simulated(**how), MONTHS)
