"""Every mechanism acts, and can be switched off: what it leaves on the ledger is then zero."""

from __future__ import annotations

import copy
from typing import Any

import pandas as pd
import pytest

from sim.model.simulate import simulate
from tests.model.worlds import scenario

BANK: dict[str, Any] = {
    "approval": {"kind": "cut_off", "pd_max": 0.05, "override": 0.4},
    "collateral": {"kind": "pledge", "fund_share": 0.2},
    "monitoring": {
        "kind": "care", "monthly": 0.4, "precision": 1.5, "response_lag": 0, "success": 0.5,
        "evergreening": 0.2,
    },
    "staffing": {"kind": "officers", "culture": 0.2, "volume_bonus": 0.8, "deferral": 0.3},
    "growth_target": 2.0,
}  # fmt: skip
FIRMS: dict[str, Any] = {
    "count": 300,
    "volatility": 0.2,
    "demand": {"need_monthly": 0.15},
    "temptation": {"omega": 5.0},
}

# what is switched off -> the columns of `months` that must be zero without it and are not with it
SWITCHES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "moral hazard": (
        {"temptation": {"omega": 0.0}}, {},
        ["diverting", "defaults_diverting", "diversions_stopped"],
    ),
    "lying": ({"demand": {"liars": 0.0}}, {}, ["booked_lying", "caught_lying", "defaults_lying"]),
    "rivals": ({"take_up": {"rival_available": 0.0}}, {}, ["lost_to_rival"]),
    "impatience": ({"take_up": {"walk_away_daily": 0.0}}, {}, ["walked_away"]),
    "need": ({"demand": {"need_monthly": 0.0}}, {}, ["applications", "decided", "disbursed"]),
    "overrides": ({}, {"approval": {"override": 0.0}}, ["overridden"]),
    "monitoring": (
        {}, {"monitoring": {"kind": "none"}}, ["inspections", "alarms", "interventions"]
    ),
    "evergreening": ({}, {"monitoring": {"evergreening": 0.0}}, ["rolled_over"]),
    "guarantee fund": (
        {}, {"collateral": {"fund_share": 0.0}}, ["claimed", "fund_receipts", "fund_fees"]
    ),
    "people": (
        {}, {"staffing": {"kind": "none"}}, ["salaries", "bonus", "training_cost", "deferred_bonus"]
    ),
    "volume plan": ({}, {"growth_target": -1.0}, ["pressure"]),
    "write-offs": ({}, {"workout": {"kind": "sale", "price": 0.3}}, ["recoveries"]),
}  # fmt: skip


def simulated(firms: dict[str, Any], bank: dict[str, Any]) -> pd.Series:
    """Return the sums of all columns over the months of a market with these changes."""
    merged = {"firms": copy.deepcopy(FIRMS), "bank": copy.deepcopy(BANK)}
    for part, changes in (("firms", firms), ("bank", bank)):
        for key, value in changes.items():
            held = merged[part].get(key)
            replaces = "kind" in value if isinstance(value, dict) else True
            merged[part][key] = value if held is None or replaces else held | value
    world = scenario(
        merged["bank"], firms=merged["firms"], horizon=30, burn_in={"months": 14},
        economy={"resolution": {"mean_months": 14.0}},
    )  # fmt: skip
    return simulate(world, seeds=[1, 2]).months.drop(columns=["bank"]).sum()


@pytest.fixture(scope="module")
def all_on() -> pd.Series:
    return simulated({}, {})


@pytest.mark.parametrize("switch", SWITCHES)
def test_it_acts_and_can_be_switched_off(switch: str, all_on: pd.Series) -> None:
    firms, bank, columns = SWITCHES[switch]
    off = simulated(firms, bank)
    for column in columns:
        assert all_on[column] > 0.0, f"{column} never happens"
        assert off[column] == 0.0, f"{column} happens without {switch}"


@pytest.mark.parametrize(
    ("rate", "column"), [("tax_rate", "tax"), ("funding_rate", "funding_cost")]
)
def test_a_rate_of_zero_costs_nothing(rate: str, column: str) -> None:
    world = scenario(economy={rate: 0.0})
    assert (simulate(world, 1).months[column] == 0.0).all()
    assert (simulate(scenario(), 1).months[column] != 0.0).any()
