"""The numbers behind a scenario, as a person reads them."""

from __future__ import annotations

from typing import Any

import pytest

from sim.results.quantities import quantity
from sim.results.values import values_of
from sim.scenario.loading import load_scenario
from tests.apps.command import BASE


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.05, "share of loan", "5 % of loan"),
        (0.3, "probability", "30 %"),
        (0.025, "1/year", "2.5 % a year"),
        (0.045, "1/year per sd", "4.5 % a year per sd"),
        (9000.0, "CNY a month", "CNY 9,000 a month"),
        (4_000_000.0, "CNY/year", "CNY 4,000,000 a year"),
        (5000.0, "CNY a year per 1,000 firms", "CNY 5,000 a year per 1,000 firms"),
        (36, "months", "36 months"),
        (1, "months", "1 month"),
        (1.0, "months of costs", "1 month of costs"),
        (3.0, "1/sd^2", "3 per squared sd"),
        (2.0, "ratio", "2"),
        (True, "switch", "yes"),
        ([0.25, 0.75], "share", "25 %, 75 %"),
        (-1.1, "sd", "\N{MINUS SIGN}1.1 sd"),
        (None, "sd", "none"),
        ("flat", "name", "flat"),
    ],
)
def test_a_value_is_read_with_its_unit(value: Any, unit: str, expected: str) -> None:
    assert quantity(value, unit) == expected


def test_what_a_file_sets_is_told_from_the_defaults() -> None:
    scenario = load_scenario(BASE, set={"banks.main.approval.override": 0.22})
    values = {one.key: one for one in values_of(scenario.model_dump(mode="json")) or []}
    override = values["banks.main.approval.override"]
    assert (override.value, override.is_own, override.grade) == (0.22, True, "A")
    assert override.place == "Bank: approval"
    tax = values["economy.tax_rate"]
    assert (tax.value, tax.is_own, tax.grade) == (0.25, False, "R")
    assert not [key for key in values if key.startswith("burn_in.banks")]


def test_another_policy_than_the_usual_is_named() -> None:
    plain = load_scenario(BASE).model_dump(mode="json")
    plain["banks"]["main"]["pricing"] = {"kind": "flat"}
    values = {one.key: one for one in values_of(plain) or []}
    kind = values["banks.main.pricing.kind"]
    assert (kind.value, kind.usual, kind.is_own) == ("Flat", "Risk based", True)
    assert not any(
        one.is_own
        for key, one in values.items()
        if key.startswith("banks.main.pricing.") and key != kind.key
    )


def test_a_scenario_that_this_version_cannot_read_gives_nothing() -> None:
    assert values_of({"no_such_key": 1}) is None
