"""Small worlds in which every member of every family is at work."""

from __future__ import annotations

from typing import Any

from sim.scenario.schema import FAMILIES, Scenario

MEMBERS = [(family, kind) for family, found in FAMILIES.items() for kind in found.members]
ROUNDS = max(len(found.members) for found in FAMILIES.values())
# a small market shows little: what needs many loans before it acts is told to act on few
EAGER = {"fewest_loans": 10, "fewest_defaults": 2}


def choice(family: str, kind: str) -> dict[str, Any]:
    """Return what a scenario says to choose a member."""
    fields = FAMILIES[family].get(kind).model_fields
    return {"kind": kind} | {name: value for name, value in EAGER.items() if name in fields}


def world(bank: dict[str, Any], *, firms: int = 60, horizon: int = 14) -> Scenario:
    """Return a small, rough market with one bank: many firms need credit and many fail."""
    return Scenario.model_validate(
        {
            "horizon": horizon,
            "burn_in": {"months": 26},
            "economy": {"labour": {"choice": {"chooses": True, "blame": 1.0}}},
            "firms": {"count": firms, "volatility": 0.25, "demand": {"need_monthly": 0.2}},
            "banks": {"main": {"approval": {"kind": "cut_off", "pd_max": 0.2}} | bank},
        }
    )


def round_of(turn: int) -> dict[str, Any]:
    """Return a bank with the turn-th member of every family: all rounds show all members."""
    return {
        family: choice(family, list(found.members)[turn % len(found.members)])
        for family, found in FAMILIES.items()
    }
