"""Copies, pickles, files and branches of a Mesa model go on with the same numbers, on their own."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.mesa_adapter.agents import Bank, Firm, LoanOfficer
from sim.mesa_adapter.lending_model import LendingModel
from sim.model.kept_books import KEPT
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from tests.model.worlds import advanced, scenario

SMALL: dict[str, Any] = {"firms__count": 120, "burn_in__months": 5, "horizon": 5}


def model(**settings: Any) -> LendingModel:
    return LendingModel(seed=3, **SMALL | settings)


def by_file(original: LendingModel, folder: Path) -> LendingModel:
    original.save(folder / "model.npz")
    return LendingModel.load(folder / "model.npz")


WAYS: dict[str, Callable[[LendingModel, Path], LendingModel]] = {
    "copy": lambda original, folder: copy.deepcopy(original),
    "pickle": lambda original, folder: pickle.loads(pickle.dumps(original)),
    "file": by_file,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("steps", [0, 2, 6])
def test_it_goes_on_with_the_same_numbers(way: str, steps: int, tmp_path: Path) -> None:
    original = model()
    for _ in range(steps):
        original.step()
    firm, officers = original.firm(7), len(original.agents_by_type[LoanOfficer])
    copied = WAYS[way](original, tmp_path)
    assert copied.month == original.month == steps
    assert copied.running == original.running
    assert copied.firm(7).cash == firm.cash
    assert copied.firm(7).model is copied
    assert copied.banks["main"].model is copied
    assert len(copied.agents_by_type[LoanOfficer]) == officers
    assert len(copied.agents) == len(original.agents)
    for left, right in zip(original.market.firms, copied.market.firms, strict=True):
        assert not np.shares_memory(left, right)
    for one in (original, copied):
        for _ in range(2):
            one.step()
    pd.testing.assert_frame_equal(copied.months, original.months, check_exact=True)
    pd.testing.assert_frame_equal(copied.summary, original.summary, check_exact=True)
    collected = [one.datacollector.get_model_vars_dataframe() for one in (original, copied)]
    pd.testing.assert_frame_equal(*collected)
    assert copied.random.random() == original.random.random()
    assert copied.rng.random() == original.rng.random()


def test_a_user_s_agent_gets_a_number_of_its_own_in_a_copy() -> None:
    original = model()
    copied = copy.deepcopy(original)
    numbers = [mesa.Agent(one).unique_id for one in (original, copied, copied)]
    assert numbers[0] == numbers[1]
    assert numbers[2] == numbers[1] + 1


def test_a_branch_goes_on_under_other_settings() -> None:
    banks: dict[str, Any] = {"main": {}}
    world = scenario(horizon=4, burn_in={"months": 5, "banks": banks}, banks=banks)
    change = {"banks.main.return_aim": 0.2, "firms.count": 120}
    original = LendingModel(world, seed=3, firms__count=120)
    branch = original.branch(set=change)
    whole = LendingModel(world, seed=3, set=change)
    for one in (original, branch, whole):
        one.run_model()
    pd.testing.assert_frame_equal(branch.months, whole.months, check_exact=True)
    assert not branch.months.equals(original.months)
    with pytest.raises(RequestError, match=r"firms\.count was 120 there and is 121 here"):
        original.branch(firms__count=121)


def test_it_goes_on_from_a_checkpoint_of_one_seed() -> None:
    world = scenario(horizon=3, burn_in={"months": 4})
    early = LendingModel(books=advanced(Simulation(world, [3]), -2).checkpoint())
    late = LendingModel(books=Simulation(world, [3]).run().checkpoint())
    assert (early.month, early.running, late.month, late.running) == (0, True, 3, False)
    early.run_model()
    assert early.months.equals(late.months)
    with pytest.raises(RequestError, match="a model has one seed, and this checkpoint has 2"):
        LendingModel(books=Simulation(world, [3, 4]).checkpoint())


def test_models_of_a_batch_share_the_burn_in() -> None:
    KEPT.clear()
    one, other = model(horizon=2), model(horizon=2, banks__main__growth_target=0.3)
    assert len(KEPT) == 2  # its burn-in uses that target too
    model(horizon=3)
    assert len(KEPT) == 2
    one.run_model()
    KEPT.clear()
    assert one.months.equals(simulate(one.simulation.scenario, 3).months)
    assert other.month == 0
    KEPT.clear()


def test_what_is_no_saved_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no such file"):
        LendingModel.load(tmp_path / "none.npz")
    (tmp_path / "text.npz").write_text("not a model")
    with pytest.raises(RequestError, match="no checkpoint of smelend, or it is damaged"):
        LendingModel.load(tmp_path / "text.npz")
    with pytest.raises(RequestError, match=r"cannot write .*none/model\.npz: No such file"):
        model().save(tmp_path / "none/model.npz")


def test_a_collector_of_the_user_starts_empty_in_a_loaded_model(tmp_path: Path) -> None:
    original = model()
    original.datacollector = mesa.DataCollector(agenttype_reporters={Bank: {"cash": "cash"}})
    original.step()
    loaded = by_file(original, tmp_path)
    assert loaded.datacollector.get_model_vars_dataframe().empty
    assert loaded.firm(0).cash == original.firm(0).cash
    assert isinstance(loaded.firm(0), Firm)
