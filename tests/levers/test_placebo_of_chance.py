"""Where a bank helps after warnings, one raised by chance changes no loan: only counts and costs.

All looks and actions are free here, so that what is left of a difference is a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from sim.model.simulate import simulate
from sim.scenario.loading import load_scenario
from tests.levers.test_placebo_base import COUNTED, NEVER, STRICT, differing, of_main

SEEDS = [1, 2]
SMALL = {
    "firms.count": 600, "horizon": 24, "burn_in.nature_months": 12, "burn_in.months": 18,
    "firms.temptation.omega": 3.0,
}  # fmt: skip
FREE = {
    "inspection_cost": 0.0, "inspection_hours": 0.0, "precision_hours": 0.0, "system_cost": 0.0,
    "proceeds_cost": 0.0, "proceeds_hours": 0.0, "action_cost": 0.0, "action_hours": 0.0,
}  # fmt: skip
# one look in five errs, and a bank acts on what it sees
HELPS: dict[str, Any] = FREE | {
    "reschedule": True, "ease": True, "success": 0.35, "false_alarms": 0.2, "proceeds_check": 0.1,
    "monthly": 0.0, "accounts": 0.0,
}  # fmt: skip
SEEING = {"monthly": 0.3, "precision": 1.5}
BLIND_VISITS = {"monthly": 0.5, "precision": 0.0}
BLIND_DATA = {"accounts": 1e-24}  # stress is lost in a noise of 4e12 months of costs
WORLDS: dict[str, dict[str, Any]] = {
    "one bank": {},
    "two banks": {"firms.demand.banks_asked": 2},
    "bad news kept back": {"economy.labour.choice.blame": 12.0},
    "short loans renewed": {
        "firms.demand.bullet_share": 0.8,
        "banks.main.renewal": {"kind": "without_repayment"},
    },
    "idle after an action": {"banks.main.monitoring.quiet_months": 0},
    "acts at once": {"banks.main.monitoring.response_lag": 0},
}

RARE = ("short loans renewed", "idle after an action", "acts at once")
every_world = pytest.mark.parametrize(
    "world",
    [pytest.param(one, marks=pytest.mark.thorough) if one in RARE else one for one in WORLDS],
)


def months(world: str, monitoring: dict[str, Any], **more: Mapping[str, Any]) -> pd.DataFrame:
    """Return the months of the base case in one of `WORLDS` under this monitoring."""
    settings = {**of_main(monitoring=HELPS | monitoring, **more), **WORLDS[world]}
    twins = ("other",) if world == "two banks" else ()
    scenario = load_scenario("baseline", SMALL).with_(settings, twins=twins)
    return simulate(scenario, seeds=SEEDS).months


@every_world
def test_blind_visits_beside_account_data_move_only_counts(world: str) -> None:
    one, other = (months(world, {"accounts": 5.0} | visits) for visits in ({}, BLIND_VISITS))
    found = differing(one, other)
    assert {"inspections", "alarms", "interventions"} <= found <= COUNTED | {"unreported"}
    assert one["eased"].sum() > 0  # so there was something to disturb
    assert one["caught"].sum() > 0


@every_world
def test_blind_account_data_beside_visits_move_only_counts(world: str) -> None:
    one, other = (months(world, SEEING | data) for data in ({}, BLIND_DATA))
    found = differing(one, other)
    assert {"alarms", "interventions"} <= found <= COUNTED
    assert one["eased"].sum() > 0
    assert one["caught"].sum() > 0


def test_looks_that_nobody_makes_move_nothing() -> None:
    strict = STRICT["monitoring"] | FREE | {"accounts": 5.0}
    one, other = (months("two banks", monitoring, staffing=NEVER) for monitoring in ({}, strict))
    assert differing(one, other) == set()


@pytest.mark.parametrize("looks", [SEEING, {"accounts": 5.0}], ids=["visits", "account data"])
def test_looks_that_see_move_loans(looks: dict[str, Any]) -> None:
    # the comparison itself must be able to tell
    found = differing(months("one bank", {}), months("one bank", looks))
    assert {"eased", "caught", "diverting", "defaults", "profit"} <= found
