"""A Mesa user steps the model, and what comes out is what `simulate` returns."""

from __future__ import annotations

import gc
import inspect
import subprocess
import sys
import weakref
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.mesa_adapter.agents import Bank, Firm, LoanOfficer
from sim.mesa_adapter.lending_model import LendingModel
from sim.mesa_adapter.request import DEFAULT_SEED, seed_of
from sim.mesa_adapter.rows import RowAgent
from sim.model.simulate import simulate
from sim.scenario.schema import Scenario


def small(**settings: Any) -> LendingModel:
    return LendingModel(**{"firms__count": 200, "burn_in__months": 6, "horizon": 6} | settings)


def same(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(ours, theirs, check_exact=True)


def test_a_plain_loop_of_36_steps_reaches_the_horizon() -> None:
    model = LendingModel(seed=5, firms__count=200, burn_in__months=6)
    assert model.month == 0
    running = []
    for _ in range(36):
        running.append(model.running)
        model.step()
    assert all(running)
    assert not model.running
    assert model.month == 36
    assert model.months["month"].tolist() == list(range(1, 37))


def test_run_model_stops_at_the_horizon_and_a_step_more_is_still_lived() -> None:
    model = small(horizon=3)
    model.run_model()
    assert (model.month, model.running) == (3, False)
    model.step()
    assert (model.month, model.running, len(model.months)) == (4, False, 4)


@pytest.mark.parametrize(("asked", "seed"), [({}, 7), ({"seed": 3}, 3), ({"rng": "11"}, 11)])
def test_results_equal_those_of_simulate_bit_for_bit(asked: dict[str, Any], seed: int) -> None:
    model = small(**asked)
    model.run_model()
    result = simulate(model.simulation.scenario, seed)
    same(model.months, result.months)
    same(model.summary, result.summary)


def test_looking_at_agents_changes_nothing() -> None:
    model = small(seed=2)
    while model.running:
        model.step()
        model.agents.select(lambda agent: agent.unique_id % 2 == 0).shuffle_do(lambda agent: None)
        model.agents_by_type[Firm].groupby("sector").agg("cash", sum)
    same(model.months, simulate(model.simulation.scenario, 2).months)


def test_a_scenario_of_ones_own_takes_settings_too() -> None:
    mine = Scenario.model_validate({"firms": {"count": 150}, "horizon": 2})
    model = LendingModel(mine, 4, set={"banks.main.staffing.salary": 9e3}, burn_in={"months": 3})
    resolved = model.simulation.scenario
    assert (resolved.firms.count, resolved.horizon, resolved.burn_in.months) == (150, 2, 3)
    assert resolved.banks["main"].staffing.salary == 9e3
    assert mine.banks["main"].staffing.salary != 9e3
    assert LendingModel(mine).simulation.scenario is mine


def test_defaults_take_parts_of_settings_and_banks_as_a_whole() -> None:
    part = small(banks__main__staffing__salary=9e3).simulation.scenario
    assert {name: bank.staffing.salary for name, bank in part.banks.items()} == {"main": 9e3}
    assert set(small(banks={"mine": {}}).banks) == {"mine"}
    assert set(small(banks__other={}).banks) == {"main", "other"}


def test_a_path_is_loaded_with_settings_over_it(tmp_path: Any) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text("firms: {count: 120}\nhorizon: 2\nburn_in: {months: 2}\n")
    resolved = LendingModel(path, horizon=4).simulation.scenario
    assert (resolved.firms.count, resolved.horizon) == (120, 4)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"firms__cuont": 5}, "firms.cuont: unknown key 'cuont'; did you mean 'count'?"),
        ({"firms__count": -5}, "firms.count"),
        ({"banks__main__pricing__kind": "falt"}, "did you mean 'flat'?"),
        ({"set": {"firms.count": 5}, "firms__count": 6}, "firms.count is set twice"),
        ({"scenario": ("name", "x")}, "put it into a list"),
        ({"scenario": "no/such/file.yaml"}, "no/such/file.yaml"),
        ({"seed": 1, "rng": 1}, "either seed or rng"),
        ({"seed": -1}, "seed -1 must be a whole number"),
        ({"seed": 1.5}, "seed 1.5 must be a whole number"),
        ({"seed": True}, "seed True must be a whole number"),
        ({"rng": 2**63}, "must be a whole number"),
    ],
)
def test_a_wrong_request_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(RequestError) as caught:
        LendingModel(**asked)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_there_are_no_results_before_the_first_step() -> None:
    with pytest.raises(RequestError, match=r"step\(\) first"):
        _ = small().summary


def test_a_run_of_100_000_firms_makes_no_agents_of_firms(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    init = RowAgent.__init__

    def counted(self: RowAgent, *args: Any) -> None:
        made.append(type(self))
        init(self, *args)

    monkeypatch.setattr(RowAgent, "__init__", counted)
    model = LendingModel(firms__count=100_000, burn_in__months=0, check=False)
    for _ in range(12):
        model.step()
    firms = model.agents_by_type[Firm]
    total = firms.agg("cash", sum)
    assert len(model.agents) == 100_000 + len(model.agents_by_type[LoanOfficer]) + 1
    assert total == pytest.approx(model.market.firms.cash.sum())
    assert made == []
    assert next(iter(firms)).cash == model.market.firms.cash[0]
    assert made == [Firm]


class Watcher(mesa.Agent):
    """An eager agent of a user's own."""


def test_a_dropped_model_is_freed_with_its_market() -> None:
    model = small()
    Watcher(model)
    model.step()
    model.agents.do(lambda agent: agent.unique_id)
    model.datacollector = mesa.DataCollector(agenttype_reporters={Bank: {"cash": "cash"}})
    model.step()
    alive = [weakref.ref(model), weakref.ref(model.market), weakref.ref(model.firm(0))]
    del model
    gc.collect()
    assert [ref() for ref in alive] == [None, None, None]


def test_agents_have_numbers_of_their_own() -> None:
    first, second = small(), small()
    for model in (first, second):
        watchers = [Watcher(model), Watcher(model)]
        assert [model.banks["main"].unique_id] + [w.unique_id for w in watchers] == [1, 2, 3]
        assert list(model.agents_by_type[Watcher]) == watchers
        numbers = model.agents.get("unique_id")
        assert len(set(numbers)) == len(numbers) == len(model.agents)
        assert numbers == [agent.unique_id for agent in model.agents]
    watchers[0].remove()
    assert len(model.agents) == len(numbers) - 1


def test_the_signature_suits_mesa() -> None:
    # batch_run of 3.5 overwrites a parameter called seed; the dashboard of 3.3 looks for kwargs
    parameters = inspect.signature(LendingModel.__init__).parameters
    assert "seed" not in parameters
    assert parameters["kwargs"].kind is inspect.Parameter.VAR_KEYWORD
    # the dashboard of 3.5 would pass a scenario of Mesa's own if the model had one
    assert not getattr(small(), "scenario", None)


def fresh(source: str) -> str:
    """Run source in an interpreter of its own, with warnings as errors; return what it prints."""
    command = [sys.executable, "-W", "error", "-c", source]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_no_warning_from_import_to_horizon_and_the_process_is_left_as_it_was() -> None:
    said = fresh(
        "import multiprocessing\n"
        "multiprocessing.set_start_method('forkserver')\n"
        "from sim import LendingModel\n"
        "print(multiprocessing.get_start_method())\n"
        "import mesa\n"
        "model = LendingModel(seed=1, firms__count=100, burn_in__months=2, horizon=3)\n"
        "while model.running: model.step()\n"
        "print(model.month, multiprocessing.get_start_method())\n"
    )
    assert said.split() == ["forkserver", "3", "forkserver"]


def test_simulate_does_without_mesa_and_nothing_is_chosen_for_the_process() -> None:
    said = fresh(
        "import multiprocessing, sys, sim.model.simulate\n"
        "print('mesa' in sys.modules)\n"
        "import sim.mesa_adapter.lending_model\n"
        "print('mesa' in sys.modules, multiprocessing.get_start_method(allow_none=True))\n"
    )
    assert said.split() == ["False", "True", "None"]


def test_banks_are_told_apart() -> None:
    settings = {"banks": {"north": {}, "south": {"branch_cost": 900.0}}}
    model = small(set=settings, horizon=2)
    model.run_model()
    last = model.months[model.months["month"] == 2].set_index("bank")
    for (name, bank), other in zip(model.banks.items(), ["south", "north"], strict=True):
        assert bank.gross_loans == last.loc[name, "gross_loans"]
        assert bank.npl_ratio == pytest.approx(last.loc[name, "npl_ratio"])
        assert bank.equity != last.loc[other, "equity"]
        assert bank.policy == model.simulation.scenario.banks[name]
    assert model.total("gross_loans") == pytest.approx(last["gross_loans"].sum())


def test_rng_takes_what_mesa_takes() -> None:
    def seed(rng: object) -> int:
        return seed_of(None, rng)

    assert seed(5) == seed(np.int64(5)) == 5
    assert seed(None) == DEFAULT_SEED
    one, other = (seed(np.random.default_rng(1)) for _ in range(2))
    assert one == other != seed(np.random.default_rng(2))
    stream = np.random.default_rng(1)
    assert seed(stream) != seed(stream)  # two models of one stream differ
    assert seed(np.random.SeedSequence(3)) == seed(np.random.SeedSequence(3))
    assert all(0 <= seed(np.random.SeedSequence(n)) < 2**63 for n in range(50))
