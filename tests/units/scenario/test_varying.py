"""A scenario never changes, whatever uses it, and `with_` is how others are made from it."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import load_scenario, simulate
from sim.core.errors import RequestError
from sim.scenario.positions import Place
from sim.scenario.schema import Scenario

SMALL = {"firms.count": 60, "horizon": 2, "burn_in.months": 2}


def small(**more: Any) -> Scenario:
    return load_scenario("scenarios/zhengzhou/baseline.yaml", set=SMALL | more)


@pytest.fixture(scope="module")
def simulated() -> Scenario:
    scenario = small()
    simulate(scenario, seed=1)
    return scenario


def test_a_simulated_scenario_is_still_the_same(simulated: Scenario) -> None:
    new = small()
    assert simulated == new
    assert simulated.hash == new.hash
    assert hash(simulated) == hash(new)
    assert simulated.with_({}) == new
    assert simulated.with_({"name": new.name}) == new
    assert pickle.loads(pickle.dumps(simulated)) == copy.deepcopy(simulated) == new
    assert pickle.dumps(simulated) == pickle.dumps(new)
    assert {simulated: 1}[new] == 1
    months = [simulate(one, seed=3).months for one in (simulated, copy.deepcopy(new))]
    assert months[0].equals(months[1])


@settings(max_examples=25, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "horizon": st.integers(1, 99),
            "firms.count": st.integers(60, 500),
            "banks.main.pricing.margin": st.floats(-0.01, 0.05),
            "banks.main.rating.kind": st.sampled_from(["flat", "expert", "estimated"]),
            "banks.main.growth_target": st.sampled_from([0, 0.1, np.float64(0.2)]),
            "economy.tax_rate": st.floats(0, 0.9),
            "burn_in.banks.main.reserve": st.floats(0, 1),
        },
    )
)
@pytest.mark.thorough
def test_with_means_the_same_as_settings_of_a_file(chosen: dict[str, Any]) -> None:
    assert small().with_(chosen) == small(**chosen)
    assert small().with_(chosen).hash == small(**chosen).hash


def test_a_burn_in_of_its_own_is_kept() -> None:
    base = small()
    changed = base.with_({"banks.main.growth_target": 0.03})
    assert changed.burn_in == base.burn_in
    assert changed.banks["main"].growth_target == 0.03


def test_banks_keep_their_order_and_further_banks_are_added() -> None:
    one = Scenario(banks={"z": {}, "a": {}})
    more = one.with_({"banks": {"m": one.banks["z"]}, "banks.a.reserve": 0.1})
    assert list(more.banks) == ["z", "a", "m"]
    assert more.banks["m"] == one.banks["z"]
    assert one != Scenario(banks={"a": {}, "z": {}})
    assert list(pickle.loads(pickle.dumps(more)).banks) == ["z", "a", "m"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"banks.main.pricing.margin": "x"},
            "with_: banks.main.pricing.margin: must be a number, at least -1 and at most 1 "
            "(1/year); found 'x'",
        ),
        (
            {"banks.main.pricing.margn": 0.1},
            "with_: banks.main.pricing.margn: unknown key 'margn'; did you mean 'margin'?",
        ),
        (
            {"banks.main.rating.kind": "expet"},
            "with_: banks.main.rating.kind: must be one of estimated, expert, flat, "
            "machine_learned; found 'expet'; did you mean 'expert'?",
        ),
        (
            {"horizon": -3},
            "with_: horizon: must be a whole number, at least 1 and at most 1200 (months); "
            "found -3",
        ),
        (
            {"economy.funding_rate": 0.9},
            "with_: banks.main.pricing.rate_cap: rate_cap 0.24 is below economy.funding_rate 0.9, "
            "so every loan would make a loss: raise rate_cap or lower funding_rate",
        ),
        (
            {"horizon.x": 3},
            "with_: horizon.x: horizon is 36, so 'x' cannot be set inside it",
        ),
        (["horizon"], "with_: give a mapping of dotted keys to values; found a list"),
        (None, "with_: give a mapping of dotted keys to values; found a NoneType"),
        ({3: 4}, "with_: 3: 3 is not a key; write it as key.path"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_key(wrong: Any, message: str) -> None:
    scenario = Scenario()
    with pytest.raises(RequestError) as refused:
        scenario.with_(wrong)
    assert str(refused.value) == message
    assert scenario == Scenario()


def test_a_setting_with_a_place_is_refused_there_and_so_is_what_clashes_with_it() -> None:
    places = {"economy.funding_rate": Place("measure.yaml", 7, 3)}
    with pytest.raises(RequestError, match=r"^measure\.yaml:7:3: economy\.funding_rate: must be"):
        Scenario().with_({"economy.funding_rate": "a"}, places=places)
    with pytest.raises(RequestError, match=r"^measure\.yaml:7:3: .*\.rate_cap: rate_cap 0\.24 is"):
        Scenario().with_({"economy.funding_rate": 0.9}, places=places)


def test_a_copy_with_unchecked_values_is_refused() -> None:
    with pytest.raises(RequestError, match="with_"):
        Scenario().model_copy(update={"horizon": -3})


def test_what_holds_throughout_reaches_the_burn_in_but_not_its_path() -> None:
    base = load_scenario("baseline")
    settings = {"banks.main.branch_cost": 321.0, "economy.macro": {"shift": -0.25, "sector_sd": 0}}
    whole, later = base.with_(settings, throughout=settings), base.with_(settings)
    assert whole.banks_in(0)["main"].branch_cost == 321.0
    assert later.banks_in(0)["main"].branch_cost == base.banks_in(0)["main"].branch_cost
    assert later.banks_in(1)["main"].branch_cost == 321.0
    assert whole.economy_in(0).macro.path(0) == 0.0
    assert whole.economy_in(0).macro.sector_sd == 0.0 != later.economy_in(0).macro.sector_sd
    assert whole.economy_in(36).macro.path(36) == pytest.approx(-0.25)
    own = base.with_(settings | {"burn_in.banks.main.branch_cost": 5}, throughout=settings)
    assert own.banks_in(0)["main"].branch_cost == 5  # what is said of the burn-in comes first


def test_a_twin_has_every_policy_of_the_first_bank_in_both_phases() -> None:
    settings = {"banks.main.reserve": 0.5, "banks.main.rating.kind": "flat",
                "firms.demand.banks_asked": 2}  # fmt: skip
    base = load_scenario("baseline")
    twins = base.with_(settings, twins=["second"], throughout=["banks.main.reserve"])
    assert twins.banks["second"] == twins.banks["main"]
    assert twins.banks["second"].rating.kind == "flat"
    assert (twins.burn_in.banks or {})["second"] == (twins.burn_in.banks or {})["main"]
    assert (twins.burn_in.banks or {})["second"].reserve == 0.5
    assert (twins.burn_in.banks or {})["second"].rating == base.banks["main"].rating
    unlike = base.with_({"banks.second.reserve": 0.1}, twins=["second"])
    assert unlike.banks["second"].reserve == 0.1
    with pytest.raises(RequestError, match="there is a bank 'main' already"):
        base.with_({}, twins=["main"])
