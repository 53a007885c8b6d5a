"""What cannot change a result does not change a bit of it."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.simulate import simulate
from sim.scenario.schema import Scenario

SMALL: dict[str, Any] = {"horizon": 6, "burn_in": {"months": 6}, "firms": {"count": 100}}


@pytest.mark.parametrize("words", [{"why": "another reason"}, {"name": "another name"}])
def test_reasons_and_names_change_nothing(words: dict[str, str]) -> None:
    plain, said = Scenario.model_validate(SMALL), Scenario.model_validate(SMALL | words)
    assert said.hash == plain.hash
    one, other = (simulate(scenario, seeds=[1, 2]) for scenario in (plain, said))
    assert one.months.equals(other.months)
    assert one.summary.equals(other.summary)


def test_a_default_that_is_spelled_out_changes_nothing() -> None:
    plain = Scenario.model_validate(SMALL)
    spelled = Scenario.model_validate(plain.model_dump() | {"burn_in": plain.burn_in})
    assert simulate(plain, 3).months.equals(simulate(spelled, 3).months)


def test_what_is_no_placebo_changes_something() -> None:
    # the comparison itself must be able to tell
    plain = Scenario.model_validate(SMALL)
    with_higher_prices = Scenario.model_validate(
        SMALL | {"banks": {"main": {"branch_cost": 600.5}}}
    )
    assert with_higher_prices.hash != plain.hash
    assert not simulate(plain, 3).months.equals(simulate(with_higher_prices, 3).months)
