"""The real model on the engine: a small market, in this process and in others, and again."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import assert_equal

from sim.model.simulate import simulate
from sim.runs.execute import execute
from sim.runs.plan import Plan
from sim.runs.reading import read_runs
from sim.runs.rerun import rerun
from sim.scenario.schema import Scenario

SMALL = '{"name": "small", "horizon": 4, "firms": {"count": 60}, "burn_in": {"months": 6}}'


@pytest.mark.thorough
def test_the_model_gives_the_same_in_any_process_and_again(tmp_path: Path) -> None:
    plan = Plan({"small": Scenario.model_validate_json(SMALL)}, "1-6")
    execute(plan, tmp_path / "here", workers=0, quiet=True)
    execute(plan, tmp_path / "there", workers=2, quiet=True)
    assert_equal(tmp_path / "there", tmp_path / "here")
    assert rerun(tmp_path / "there", workers=2, quiet=True).equal
    alone = simulate(plan.arms["small"], seed=5).summary
    stored = read_runs(tmp_path / "here")
    stored = stored[stored["seed"] == 5].reset_index(drop=True)
    for column in alone.columns.difference(["seed", "bank"]):
        assert stored[column].equals(alone[column].astype("float64")), column
