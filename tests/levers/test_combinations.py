"""What cannot go together is refused when the file is read, in one line that says where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from sim.core.errors import RequestError
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

BLIND = """
      kind: investigation
      statements: {precision: 0}
      site_visit: {precision: 0}
      learns_from_behaviour: false"""

# the file, where its fault is shown, and words that the message must hold
REFUSED = {
    "a committee without members": (
        "banks:\n  main:\n    approval:\n      kind: cut_off\n      review_precision: 1\n"
        "      review_hours: 0\n",
        "6:21: banks.main.approval.review_hours",
        "needs officers' time",
    ),
    "a shared record without a report": (
        "banks:\n  main:\n    screening: {kind: investigation, bureau: {shared: true}}\n",
        "3:55: banks.main.screening.bureau.shared",
        "precision 0 omits the report",
    ),
    "a loan with two schedules": (
        "banks:\n  main:\n    products:\n      kind: menu\n      bullet_up_to: 12\n",
        "5:21: banks.main.products.bullet_up_to",
        "two schedules",
    ),
    "products without a schedule": (
        "banks:\n  main:\n    products: {kind: menu, schedules: []}\n",
        "3:28: banks.main.products.schedules",
        "unknown key 'schedules'",
    ),
    "no products at all": (
        "banks:\n  main:\n    products:\n",
        "banks.main.products",
        "menu",
    ),
    "two banks of one name": (
        "banks:\n  main: {}\n  main: {}\n",
        "3:3: banks.main",
        "main",
    ),
    "a learned rating that sees nothing": (
        f"banks:\n  main:\n    screening:{BLIND}\n    rating:\n      kind: estimated\n",
        "9:13: banks.main.rating.kind",
        "nothing to learn from",
    ),
    "a learned rating without screening": (
        "banks:\n  main:\n    screening: {kind: none, memory: 0}\n    rating: {kind: estimated}\n",
        "4:20: banks.main.rating.kind",
        "nothing to learn from",
    ),
    "a cap below funding": (
        "banks:\n  main:\n    pricing: {kind: risk_based, rate_cap: 0.02}\n",
        "3:43: banks.main.pricing.rate_cap",
        "below economy.funding_rate 0.025",
    ),
    "funding above the usual cap": (
        "economy: {funding_rate: 0.3}\n",
        "1:1: banks.main.pricing.rate_cap",
        "rate_cap 0.24 is below economy.funding_rate 0.3",
    ),
    "a fixed rate above the cap": (
        "banks:\n  main:\n    pricing: {kind: flat, fixed: 0.3}\n",
        "3:34: banks.main.pricing.fixed",
        "above rate_cap 0.24",
    ),
    "a fixed rate with a margin": (
        "banks:\n  main:\n    pricing: {kind: flat, fixed: 0.08, margin: 0.01}\n",
        "3:48: banks.main.pricing.margin",
        "no effect",
    ),
    "capital paid out below the minimum": (
        "banks:\n  main:\n    capital: {kind: standardised, target: 0.08}\n",
        "3:43: banks.main.capital.target",
        "below the minimum 0.105",
    ),
    "a pledge of nothing to rely on": (
        "banks:\n  main:\n    collateral: {kind: pledge, cover: 0, replaces_visits: true}\n",
        "3:59: banks.main.collateral.replaces_visits",
        "cover is 0",
    ),
    "a call and a cut": (
        "banks:\n  main:\n    monitoring: {kind: care, call: true, cut: 0.2}\n",
        "3:47: banks.main.monitoring.cut",
        "no effect",
    ),
    "account data that show no difference in cash": (
        "mechanisms:\n  account_data: {least_cash: 4, most_cash: 4}\n",
        "2:30: mechanisms.account_data.least_cash",
        "must be below most_cash 4",
    ),
    "the price of a visit where nobody visits": (
        "banks:\n  main:\n    monitoring: {kind: none, inspection_cost: 500}\n",
        "3:30: banks.main.monitoring.inspection_cost",
        "unknown key",
    ),
    "a horizon of nothing": ("horizon: 0\n", "1:10: horizon", "at least 1"),
    "no banks": ("banks: {}\n", "1:1", "name 1 to 16 banks"),
    "banks that were others before": (
        "banks: {south: {}}\nburn_in: {banks: {north: {}}}\n",
        "1:1",
        "name the same ones",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_one_line_that_says_where(case: str, tmp_path: Path) -> None:
    text, place, words = REFUSED[case]
    file = tmp_path / "bad.yaml"
    file.write_text(text)
    with pytest.raises(RequestError) as refused:
        load_scenario(file)
    message = str(refused.value)
    assert message.startswith(str(file))
    assert place in message
    assert words in message
    assert "\n" not in message
    assert "more)" not in message


ALLOWED: dict[str, dict[str, Any]] = {
    "a response slower than the run": {
        "horizon": 3,
        "banks": {"main": {"monitoring": {"kind": "care", "response_lag": 12}}},
    },
    "a learned rating that remembers how firms paid": {
        "banks": {"main": {"screening": {"kind": "none"}, "rating": {"kind": "estimated"}}}
    },
    "a menu of level instalments alone": {
        "banks": {"main": {"products": {"kind": "menu", "bullet_up_to": 0, "seasonal_from": 600}}}
    },
    "a rate fixed at a loss": {
        "banks": {"main": {"pricing": {"kind": "flat", "fixed": 0.02}}},
    },
}


@pytest.mark.parametrize("case", ALLOWED)
def test_what_is_odd_but_possible_is_allowed(case: str) -> None:
    assert Scenario.model_validate(ALLOWED[case])


def test_a_bank_without_a_name_is_refused() -> None:
    with pytest.raises(ValidationError, match="a name must not be empty"):
        Scenario.model_validate({"banks": {" ": {}}})


def test_the_burn_in_is_held_to_the_same_rules() -> None:
    dear = {"economy": {"funding_rate": 0.3}, "banks": {"main": {}}}
    with pytest.raises(ValidationError, match=r"below economy\.funding_rate 0\.3"):
        Scenario.model_validate({"burn_in": dear})
