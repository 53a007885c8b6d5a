"""Policies without friction: screening and visits that cost neither money nor time.

A row sets the costs that it needs itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

READS = {
    "statements": "finance",
    "bureau": "debts",
    "site_visit": "operations",
    "owner_visit": "owner",
    "partners": "market",
}


def investigation(precision: Mapping[str, float]) -> dict[str, Any]:
    """Return a screening policy of these signals alone, each with its precision (1/sd^2)."""
    free = {"cost": 0, "days": 0, "hours": 0}
    plans = {signal: {"precision": precision.get(signal, 0.0), **free} for signal in READS}
    return {
        "kind": "investigation",
        "suspicion": 0,
        "memory": 0,
        "learns_from_behaviour": False,
        "cross_check": {"detection": 0, **free},
        **plans,
    }


def care(monthly: float, **changes: Any) -> dict[str, Any]:
    """Return a monitoring policy that visits a share of borrowers each month and nothing more."""
    return {
        "kind": "care",
        "monthly": monthly,
        "inspection_cost": 0,
        "inspection_hours": 0,
        "precision": 0,
        "precision_hours": 0,
        "proceeds_check": 0,
        "accounts": 0,
        "quiet_months": 0,
        "action_cost": 0,
        "action_hours": 0,
        "contract_cost": 0,
        "reschedule": False,
        "ease": False,
    } | changes
