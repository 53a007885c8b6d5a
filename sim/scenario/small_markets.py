"""Small markets: a plain notice where a scenario has so few firms that its rates are biased."""

from __future__ import annotations

from sim.scenario.schema import Scenario
from sim.state.population import FEWEST


def notice(scenario: Scenario) -> str:
    """Return what to say of a market with too few firms; empty where it has enough."""
    if scenario.firms.count >= FEWEST:
        return ""
    return f"{scenario.firms.count:,} firms: below {FEWEST:,} rates are biased"
