"""Looks that see nothing, warnings nobody acts on, checks nobody makes: they change only costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.model.simulate import simulate
from sim.scenario.schema import Scenario

SEEDS = [1, 2, 3]
NOTHING = {"kind": "care", "monthly": 0.0, "proceeds_check": 0.0, "accounts": 0.0}
# an action that ends in nothing
NO_END = {"success": 0.0, "reschedule": False, "ease": False, "action_cost": 0.0}
# what looks and warnings are counted and charged in, and what follows from a charge alone
COUNTED = {
    "inspections", "alarms", "alarms_true", "interventions", "warned_defaults", "warning_lead",
}  # fmt: skip
CHARGED = {
    "monitoring_cost", "profit_before_tax", "profit", "tax", "tax_payable", "equity", "dividends",
    "cash", "funding", "funding_cost",
}  # fmt: skip
NOBODY_TIRES = {"kind": "none"}  # no staff whose hours a visit takes from other files
NEVER_DONE = {"kind": "officers", "execution_base": 0.0, "execution_by_culture": 0.0}


def months(monitoring: dict[str, Any], staffing: dict[str, Any]) -> pd.DataFrame:
    """Return the months of a small market whose bank has lent under this monitoring from the start.

    Capital does not bind, so that what is charged reaches no decision.
    """
    bank = {
        "monitoring": monitoring, "staffing": staffing,
        "approval": {"kind": "cut_off", "pd_max": 0.1},
        "capital": {"kind": "standardised", "minimum": 0.0},
    }  # fmt: skip
    firms = {"count": 300, "volatility": 0.2, "temptation": {"omega": 3.0}}
    world = {"horizon": 14, "burn_in": {"months": 14}, "firms": firms, "banks": {"main": bank}}
    return simulate(Scenario.model_validate(world), seeds=SEEDS).months


def differing(one: pd.DataFrame, other: pd.DataFrame) -> set[str]:
    """Return the columns of which a single bit differs."""
    return {name for name in one if not one[name].equals(other[name])}


BLIND = NOTHING | NO_END | {"monthly": 0.5, "precision": 0.0}
SEEING = NOTHING | {"monthly": 0.5, "precision": 5.0, "accounts": 5.0, "proceeds_check": 0.0}
UNHEARD = SEEING | {"response_lag": 60}


@pytest.mark.parametrize("placebo", [BLIND, UNHEARD], ids=["blind visits", "warnings unheard"])
def test_it_changes_only_what_is_counted_and_charged(placebo: dict[str, Any]) -> None:
    without, with_it = months(NOTHING, NOBODY_TIRES), months(placebo, NOBODY_TIRES)
    found = differing(without, with_it)
    assert found <= COUNTED | CHARGED
    assert {"inspections", "alarms", "monitoring_cost", "profit"} <= found
    assert with_it["monitoring_cost"].sum() > without["monitoring_cost"].sum()


def test_a_look_with_an_end_changes_more() -> None:
    # the comparison itself must be able to tell
    found = differing(months(NOTHING, NOBODY_TIRES), months(SEEING, NOBODY_TIRES))
    assert {"diverting", "defaults", "gross_loans"} <= found


@pytest.mark.parametrize("close_watch", [True, False])
def test_what_is_prescribed_and_never_carried_out_changes_nothing(close_watch: bool) -> None:
    prescribed = NOTHING | {
        "monthly": 1.0, "precision": 5.0, "proceeds_check": 1.0, "close_watch": close_watch,
    }  # fmt: skip
    assert differing(months(NOTHING, NEVER_DONE), months(prescribed, NEVER_DONE)) == set()


def test_account_data_that_nobody_reads_cost_and_change_nothing_else() -> None:
    held = months(NOTHING | {"accounts": 5.0}, NEVER_DONE)
    assert differing(months(NOTHING, NEVER_DONE), held) <= CHARGED
    assert np.isfinite(held["monitoring_cost"]).all()
    assert held["monitoring_cost"].sum() > 0.0
