"""In the base case, what nobody carries out, hears or sees moves nothing but what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.model.simulate import simulate
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

SEEDS = [1, 2]
SMALL = {"firms.count": 400, "horizon": 14, "burn_in.nature_months": 12, "burn_in.months": 14}
TWO_BANKS = {"firms.demand.banks_asked": 2}
EXACT = 1e-9  # of a column's largest number: what rounding leaves

# where a cost is charged, and what follows from a charge that stands in no price
CHARGED = {
    "profit_before_tax", "profit", "tax", "tax_payable", "dividends", "cash", "funding",
    "funding_cost",
}  # fmt: skip
COUNTED = {  # looks and warnings, and defaults that a warning came before
    "inspections", "alarms", "alarms_true", "interventions", "warned_defaults", "warning_lead",
}  # fmt: skip


def of_main(**policies: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings of the bank by dotted key, given by family."""
    return {
        f"banks.main.{family}.{key}": value
        for family, settings in policies.items()
        for key, value in settings.items()
    }


@cache
def base() -> Scenario:
    """Return the base case in a small market."""
    return load_scenario("baseline", SMALL)


def months(settings: Mapping[str, Any], banks: int = 1) -> pd.DataFrame:
    """Return the months of the base case with these settings, beside a second bank of its kind."""
    more = TWO_BANKS if banks > 1 else {}
    scenario = base().with_({**settings, **more}, twins=("other",) * (banks - 1))
    return simulate(scenario, seeds=SEEDS).months


def differing(one: pd.DataFrame, other: pd.DataFrame) -> set[str]:
    """Return the columns of which a single bit differs."""
    return {name for name in one if not one[name].equals(other[name])}


NO_LOOKS = {"monthly": 0.0, "proceeds_check": 0.0, "accounts": 0.0}
NO_HOURS = {"inspection_hours": 0.0, "precision_hours": 0.0, "action_hours": 0.0}
NO_END = {"success": 0.0, "reschedule": False, "ease": False, "action_cost": 0.0}
IDLE = NO_LOOKS | NO_HOURS | NO_END  # of monitoring
BLIND = IDLE | {"monthly": 0.5, "precision": 0.0}
ACTED_ON = {"success": 0.9, "reschedule": False, "ease": False, "action_cost": 0.0}
BLIND_AND_HEARD = IDLE | ACTED_ON | {"monthly": 0.5, "precision": 0.0}
UNHEARD = IDLE | {
    "monthly": 0.5, "precision": 5.0, "accounts": 5.0, "system_cost": 0.0, "response_lag": 60,
    "success": 0.9, "reschedule": True, "ease": True,
}  # fmt: skip
FREE = {"inspection_cost": 0.0}
UNPRICED = {"pass_through": 0.0}  # what is spent does not stand in rates

banks = pytest.mark.parametrize("count", [1, 2], ids=["one bank", "two banks"])


def test_costs_stand_in_the_prices_of_the_base_case() -> None:
    # else the tests below would not see what is prescribed through prices
    bank = base().banks["main"]
    assert bank.pricing.pass_through == 1.0
    assert bank.monitoring.kind == "care"
    assert base().economy_in(1).labour.choice.chooses


@banks
@pytest.mark.parametrize(
    "placebo", [BLIND, BLIND_AND_HEARD, UNHEARD],
    ids=["blind visits", "blind visits acted on", "warnings unheard"],
)  # fmt: skip
def test_looks_without_an_end_move_nothing_but_their_number(
    placebo: dict[str, Any], count: int
) -> None:
    found = differing(
        months(of_main(monitoring=IDLE), count), months(of_main(monitoring=placebo | FREE), count)
    )
    assert {"inspections", "alarms"} <= found <= COUNTED


@banks
def test_blind_visits_that_cost_something_move_no_outcome_but_cost(count: int) -> None:
    idle = months(of_main(monitoring=IDLE, pricing=UNPRICED), count)
    blind = months(of_main(monitoring=BLIND, pricing=UNPRICED), count)
    found = differing(idle, blind)
    assert {"inspections", "monitoring_cost"} <= found <= COUNTED | CHARGED | {"monitoring_cost"}
    assert blind["monitoring_cost"].sum() > idle["monitoring_cost"].sum()


NEVER = {"execution_base": 0.0, "execution_by_culture": 0.0}  # of staffing
NO_SYSTEM = {"accounts": 0.0}  # account data are paid for, carried out or not
STRICT = {
    "monitoring": NO_SYSTEM | {
        "monthly": 1.0, "precision": 5.0, "proceeds_check": 1.0, "close_watch": True,
    },
    "screening": {"cross_check.detection": 0.95, "site_visit.precision": 12.0},
    "approval": {"review_precision": 3.0},
}  # fmt: skip


@banks
def test_what_is_prescribed_and_never_carried_out_moves_nothing(count: int) -> None:
    # not the bank, nor its rates, nor the other bank, nor what firms state to either
    never = months(of_main(staffing=NEVER, monitoring=NO_SYSTEM), count)
    prescribed = months(of_main(staffing=NEVER, **STRICT), count)
    assert differing(never, prescribed) == set()


def test_the_same_checks_carried_out_move_both_banks() -> None:
    # the comparison itself must be able to tell
    usual, strict = months({}, 2), months(of_main(**STRICT), 2)
    for bank in ("main", "other"):
        one, other = (found[found["bank"] == bank] for found in (usual, strict))
        assert {"applications", "loans", "rate_volume", "diverting"} <= differing(one, other)


# nobody states what is not so, nobody talks a file up, and all readers read the same
HONEST = {"firms.demand.liars": 0.0, "firms.readings.reader_share": 0.0} | of_main(
    staffing={"volume_bonus": 0.0}
)
REVIEW = of_main(
    approval={
        "review_precision": 2.0, "review_days": 0.0, "review_cost": 0.0, "review_hours": 1e-12,
    }
)  # fmt: skip


def far_apart(one: pd.DataFrame, other: pd.DataFrame) -> set[str]:
    """Return the columns that differ by more than rounding does."""
    numbers = one.select_dtypes("number").columns
    return {
        name
        for name in numbers
        if not np.allclose(
            one[name], other[name], rtol=EXACT, atol=EXACT * one[name].abs().max(), equal_nan=True
        )
    }


def test_a_review_of_honest_files_moves_nothing() -> None:
    assert far_apart(months(HONEST), months(HONEST | REVIEW)) == set()


@pytest.mark.parametrize("dishonest", HONEST)
def test_a_review_moves_something_where_there_is_something_to_find(dishonest: str) -> None:
    world = {key: value for key, value in HONEST.items() if key != dishonest}
    assert {"approved", "disbursed"} <= far_apart(months(world), months(world | REVIEW))


def test_an_audit_that_opens_nothing_moves_nothing_but_its_cost() -> None:
    # no officer bends a rule in the base case, and here every step is carried out
    all_done = {"execution_base": 1.0}
    without, with_it = (
        months(of_main(staffing=all_done | {"audit": share}, pricing=UNPRICED))
        for share in (0.0, 0.9)
    )
    assert base().economy_in(1).labour.open_to_favours == 0.0
    assert {"fixed_cost"} <= differing(without, with_it) <= CHARGED | {"fixed_cost"}
