"""Mesa's own tools around the model: data collectors and batches."""

from __future__ import annotations

import inspect
from typing import Any

import mesa
import numpy as np
import pytest

from sim.mesa_adapter.agents import Bank, Firm
from sim.mesa_adapter.lending_model import LendingModel
from sim.model.simulate import simulate
from sim.scenario.schema import Scenario

batch_run: Any = getattr(mesa, "batch_run", None)  # Mesa 4 is to do without
batches = pytest.mark.skipif(batch_run is None, reason="this Mesa runs no batches")

SMALL: dict[str, Any] = {"firms__count": 150, "burn_in__months": 3, "horizon": 4}


def scenario(count: int = 150) -> Scenario:
    given = {"firms": {"count": count}, "burn_in": {"months": 3}, "horizon": 4}
    return Scenario.model_validate(given)


def last_month(count: int, seed: int) -> dict[str, Any]:
    """What `simulate` has for the last month."""
    return simulate(scenario(count), seed).months.iloc[-1].to_dict()


def test_the_models_own_collector_has_a_row_a_month() -> None:
    model = LendingModel(seed=9, **SMALL)
    model.run_model()
    collected = model.datacollector.get_model_vars_dataframe()
    months = simulate(scenario(), 9).months
    assert collected["month"].tolist() == [1, 2, 3, 4]
    for name in ("gross_loans", "profit", "defaults", "npl_ratio", "equity"):
        assert collected[name].tolist() == months[name].tolist()


def test_a_collector_may_be_put_in_with_reporters_on_the_model_and_on_banks() -> None:
    model = LendingModel(seed=9, set={"banks": {"a": {}, "b": {}}}, **SMALL)
    model.datacollector = mesa.DataCollector(
        model_reporters={"ratio": "npl_ratio", "poorest": lambda m: firms(m).agg("cash", np.min)},
        agenttype_reporters={Bank: {"equity": "equity", "loans": lambda bank: bank.gross_loans}},
    )

    def firms(m: LendingModel) -> Any:
        return m.agents_by_type[Firm]

    poorest = []
    while model.running:
        model.step()
        poorest.append(model.market.firms.cash.min())
    assert model.datacollector.get_model_vars_dataframe()["poorest"].tolist() == poorest
    by_bank = model.datacollector.get_agenttype_vars_dataframe(Bank)
    ordered = model.months.sort_values(["month", "bank"])  # bank a is agent 1, bank b agent 2
    assert by_bank["equity"].tolist() == ordered["equity"].tolist()
    assert by_bank["loans"].tolist() == ordered["gross_loans"].tolist()
    assert model.registries[Firm].made == 0


@batches
def test_batch_run_over_seeds_and_a_setting() -> None:
    rows = batch_run(
        LendingModel,
        parameters=SMALL | {"seed": [1, 2], "firms__count": [120, 180]},
        number_processes=1,
        display_progress=False,
    )
    assert {(row["firms__count"], row["seed"]) for row in rows} == {
        (120, 1), (120, 2), (180, 1), (180, 2)
    }  # fmt: skip
    for row in rows:
        expected = last_month(row["firms__count"], row["seed"])
        assert {key: row[key] for key in ("month", "gross_loans", "profit", "equity")} == {
            key: expected[key] for key in ("month", "gross_loans", "profit", "equity")
        }
    assert len({row["equity"] for row in rows}) == 4


@pytest.mark.skipif(
    batch_run is None or "rng" not in inspect.signature(batch_run).parameters,
    reason="Mesa 3.5 alone takes rng here",
)
def test_batch_run_over_mesas_rng() -> None:
    given: dict[str, Any] = {"rng": [1, 2]}
    rows = batch_run(LendingModel, SMALL, number_processes=1, display_progress=False, **given)
    assert [row["equity"] for row in rows] == [last_month(150, seed)["equity"] for seed in (1, 2)]


@batches
@pytest.mark.filterwarnings("ignore:The `iterations` keyword:DeprecationWarning")  # of Mesa 3.5
def test_iterations_of_batch_run_are_different_replications_that_can_be_repeated() -> None:
    given: dict[str, Any] = {"iterations": 3, "display_progress": False, "number_processes": 1}
    counts = {"firms__count": [120, 150]}
    rows = batch_run(LendingModel, parameters=SMALL | counts, **given)
    seeds = {(row["iteration"], row["firms__count"]): row["seed"] for row in rows}
    # the same seeds for each setting, so that settings can be compared in pairs
    assert seeds == {(k, count): 7 + k for k in range(3) for count in (120, 150)}
    assert len({row["equity"] for row in rows}) == 6
    for row in rows:
        assert row["equity"] == last_month(row["firms__count"], row["seed"])["equity"]
    assert LendingModel(**SMALL).simulation.market.seeds[0] == 7  # outside batch_run


@batches
def test_batch_run_over_scenarios_and_every_month() -> None:
    rows = batch_run(
        LendingModel,
        parameters={"scenario": [scenario()], "seed": [3], "economy.funding_rate": [0.02, 0.05]},
        number_processes=1,
        data_collection_period=1,
        display_progress=False,
    )
    cheap, dear = rows[:4], rows[4:]
    assert [row["month"] for row in cheap] == [1, 2, 3, 4]
    assert sum(row["profit"] for row in cheap) > sum(row["profit"] for row in dear)
