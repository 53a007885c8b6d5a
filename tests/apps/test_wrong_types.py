"""Arguments of a wrong type are refused in one line that names them, from Python too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim import LendingModel, compare, load_scenario, simulate
from sim.apps.comparing import Comparison
from sim.core.errors import RequestError
from sim.runs.execute import execute
from sim.runs.plan import Plan, make_plan
from sim.runs.reading import read_runs
from sim.runs.seeds import read_seeds
from sim.scenario.plugging import load_plugins
from sim.scenario.schema import Scenario

BASE = Scenario(name="base")
OTHER = Scenario(name="other")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: compare(BASE, OTHER, seeds=2.0), r"seeds: .*whole number .*; found 2\.0"),
        (lambda: compare(BASE, OTHER, seeds=None), "seeds: .*whole number .*; found None"),
        (lambda: compare(BASE, OTHER, seeds=True), "seeds: .*whole number .*; found True"),
        (lambda: compare(BASE, OTHER, seeds=["1"]), "seeds: a seed: .*whole number .*; found '1'"),
        (
            lambda: compare(BASE, OTHER, seeds=[1, 2.5]),
            r"seeds: a seed: .*whole number .*; found 2\.5",
        ),
        (lambda: compare(BASE, OTHER, seeds="3...4"), r"seeds: cannot read '3\.\.\.4'"),
        (lambda: compare(BASE, OTHER, seeds=b"4"), "seeds: give a number, .* list; found b'4'"),
        (lambda: simulate(BASE, seeds={1: 5}), r"seeds: give a number, .* list; found \{1: 5\}"),
        (lambda: compare(BASE, OTHER, seeds=0), "seeds: must be a whole number from 1"),
        (lambda: compare("a.yaml", "b.yaml"), r"a\.yaml"),
        (lambda: compare(BASE, "b.yaml"), r"b\.yaml"),
        (lambda: compare(BASE, [Path("b.yaml")]), r"b\.yaml"),
        (lambda: compare(BASE, 3), "give scenarios, paths or names; found 3"),
        (lambda: compare(BASE, OTHER, seeds=1, workers=-1), "workers: .*whole number .*; found -1"),
        (
            lambda: compare(BASE, OTHER, seeds=1, workers="2"),
            "workers: .*whole number .*; found '2'",
        ),
        (
            lambda: compare(BASE, OTHER, seeds=1, workers=1.5),
            r"workers: .*whole number .*; found 1\.5",
        ),
        (lambda: simulate("a.yaml"), r"a\.yaml"),
        (lambda: simulate(None), "give a scenario, a path or a name; found None"),
        (lambda: simulate(BASE, seeds=2.5), r"seeds: .*whole number .*; found 2\.5"),
        (lambda: simulate(BASE, seeds="3-1"), "seeds: 3-1: 1 is before 3"),
        (lambda: simulate(BASE, 1.0), r"seed: .*whole number .*; found 1\.0"),
        (lambda: load_scenario(None), "give the path or the name of a scenario; found a NoneType"),
        (
            lambda: load_scenario(b"a.yaml"),
            "give the path or the name of a scenario; found a bytes",
        ),
        (lambda: load_scenario("scenarios/baseline.yaml", set=["a=1"]), "set: give a mapping"),
        (lambda: load_scenario(""), "the name is empty; give a path or a name"),
        (lambda: execute(pd.Series([1, 2]), "x"), r"give a plan, .*; found 0    1\\n1    2"),
        (lambda: execute(5, "x"), "give a plan, as `make_plan` returns it; found 5"),
        (lambda: execute(Plan({"base": BASE}, 1), 5), "folder: give a path; found 5"),
        (lambda: read_runs(5), "folder: give a path; found 5"),
        (lambda: Plan(5, 1), "arms: give a mapping of names to scenarios; found 5"),
        (lambda: Plan({"base": "b.yaml"}, 1), r"arm 'base': give a scenario; found 'b\.yaml'"),
        (lambda: make_plan(5), "give a list of paths or names of scenarios; found 5"),
        (lambda: make_plan("baseline", set=["a=1"]), "set: give a mapping; found"),
        (lambda: make_plan("baseline", sweep=5), "sweep: give a sweep, .*; found 5"),
        (lambda: load_plugins("mine.py"), r"give a list of plug-ins, .*; found 'mine\.py'"),
        (lambda: LendingModel.save(None, 5), "path: give a path; found 5"),
        (lambda: LendingModel.load(5), "path: give a path; found 5"),
        (lambda: Comparison("a", ("b",), None, None, None).save(5), "folder: give a path; found 5"),
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


@pytest.mark.parametrize("alone", ["baseline", Path("scenarios/baseline.yaml")])
def test_one_scenario_alone_makes_a_plan_of_one(alone: Any) -> None:
    assert list(make_plan(alone, 2).arms) == ["baseline"]


def test_wrong_workers_are_refused_before_the_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="workers"):
        execute(Plan({"base": BASE}, (1,)), tmp_path / "runs", workers=-2)
    assert not (tmp_path / "runs").exists()
