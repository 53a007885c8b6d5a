"""Arguments of a wrong type are refused in one line that names them, from Python too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import LendingModel, compare, load_scenario, simulate
from sim.core.errors import RequestError
from sim.runs.execute import execute
from sim.runs.plan import Plan
from sim.runs.seeds import read_seeds
from sim.scenario.schema import Scenario

BASE = Scenario(name="base")
OTHER = Scenario(name="other")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: compare(BASE, OTHER, seeds=2.0), "seeds: 2.0 is neither a whole number, a list"),
        (lambda: compare(BASE, OTHER, seeds=None), "seeds: None is neither"),
        (lambda: compare(BASE, OTHER, seeds=True), "seeds: True is neither"),
        (lambda: compare(BASE, OTHER, seeds=["1"]), "seeds: '1' is not a whole number"),
        (lambda: compare(BASE, OTHER, seeds=[1, 2.5]), "seeds: 2.5 is not a whole number"),
        (lambda: compare(BASE, OTHER, seeds="3..4"), r"seeds: cannot read '3\.\.4'"),
        (lambda: compare(BASE, OTHER, seeds=0), "seeds: 0 names no seed"),
        (lambda: compare("a.yaml", "b.yaml"), "base must be a Scenario; found a str"),
        (lambda: compare(BASE, "b.yaml"), "others must be a Scenario; found a str"),
        (lambda: compare(BASE, [Path("b.yaml")]), "others must be a Scenario; found a PosixPath"),
        (lambda: compare(BASE, 3), "others must be a Scenario; found a int"),
        (lambda: compare(BASE, OTHER, seeds=1, workers=-1), "workers is -1; give 0"),
        (lambda: compare(BASE, OTHER, seeds=1, workers="2"), "workers is '2'; give 0"),
        (lambda: compare(BASE, OTHER, seeds=1, workers=1.5), r"workers is 1\.5; give 0"),
        (lambda: simulate("a.yaml"), "scenario must be a Scenario; found a str"),
        (lambda: simulate(None), "scenario must be a Scenario; found a NoneType"),
        (lambda: simulate(BASE, seeds=3), "seeds must be a list of whole numbers; found 3"),
        (lambda: simulate(BASE, seeds="1-3"), "seeds must be a list of whole numbers; found '1-3'"),
        (lambda: simulate(BASE, 1.0), r"seed 1\.0 must be a whole number"),
        (lambda: load_scenario(None), "give the path of a scenario file; found a NoneType"),
        (lambda: load_scenario(b"a.yaml"), "give the path of a scenario file; found a bytes"),
        (lambda: load_scenario("scenarios/baseline.yaml", set=["a=1"]), "set: give a mapping"),
        (lambda: LendingModel(set=["a=1"]), "set: give a mapping of dotted keys to values"),
        (lambda: LendingModel(scenario=3), "scenario must be a Scenario, a path or None"),
    ],
)
def test_a_wrong_type_is_refused_by_name(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(RequestError, match=message) as refused:
        call()
    assert "\n" not in str(refused.value)


def test_whole_numbers_of_numpy_are_taken() -> None:
    assert read_seeds(np.int64(2)) == (1, 2)
    assert read_seeds(np.arange(3, 5)) == (3, 4)
    assert {type(seed) for seed in read_seeds(np.array([5, 3]))} == {int}


def test_wrong_workers_are_refused_before_the_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="workers"):
        execute(Plan({"base": BASE}, (1,)), tmp_path / "runs", workers=-2)
    assert not (tmp_path / "runs").exists()
