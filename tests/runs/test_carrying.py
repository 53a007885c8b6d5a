"""Plans of an experiment are carried out below one folder; a bad run costs no other."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import standin

from sim.core.errors import RequestError
from sim.runs.carrying import Carrier, carried, within
from sim.runs.execute import execute
from sim.runs.outcome import Outcome
from sim.runs.plan import Plan
from sim.runs.status import status

World = standin.World


def carrier(folder: Path, **how: object) -> Carrier:
    run = partial(execute, simulate=standin.simulate, quiet=True, **{"workers": 0, **how})  # type: ignore[arg-type]
    return Carrier(folder, lambda plan, home, _: run(plan, home))


def test_each_plan_has_a_folder_and_is_not_run_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    plan = Plan({"base": World(behaviour={"log": str(log)})}, 3)
    first = carrier(tmp_path / "out")
    frames = [first(plan, "a"), within(first, "b")(plan, ""), within(first, "b")(plan, "c")]
    assert {one for one in first.ended if (tmp_path / "out" / one / "runs").is_dir()} == {
        "a", "b", "b/c"
    }  # fmt: skip
    assert all(runs.equals(frames[0][0]) for runs, _ in frames)
    ran = len(standin.ran(log))
    again = carrier(tmp_path / "out")
    assert again(plan, "a")[0].equals(frames[0][0])
    assert again.ended["a"].ran == 0
    assert len(standin.ran(log)) == ran
    assert again.arms == {"a": dict(plan.arms)}


def test_a_killed_worker_loses_nothing_that_is_finished(tmp_path: Path) -> None:
    plan = Plan({"base": World("base", behaviour={"kill": [2]}), "other": World("other")}, 4)
    found = carrier(tmp_path, workers=1)
    runs, _ = found(plan, "a")
    assert set(zip(runs["arm"], runs["seed"], strict=True)) == {
        *(("base", seed) for seed in (1, 3, 4)),
        *(("other", seed) for seed in (1, 2, 3, 4)),
    }
    assert (found.ended["a"].failed, status(tmp_path / "a").total("failed")) == (1, 1)


def test_a_plan_of_which_every_run_fails_is_refused(tmp_path: Path) -> None:
    plan = Plan({"base": World(behaviour={"raise": [1, 2]})}, 2)
    with pytest.raises(RequestError, match="all of the first 2 runs failed alike"):
        carrier(tmp_path)(plan, "a")


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with carried(None, 0, standin.simulate) as carry:
        runs, months = carry(Plan({"base": World()}, 2), "")
        assert any(tmp_path.iterdir())
    assert set(runs["seed"]) == set(months["seed"]) == {1, 2}
    assert not any(tmp_path.iterdir())


def test_steps_of_an_experiment_find_what_later_steps_left(tmp_path: Path) -> None:
    arms = {name: World(name) for name in ("base", "other", "third")}
    steps = [
        Plan({"base": arms["base"], "other": arms["other"]}, 2, later=arms.__contains__),
        Plan({"base": arms["base"], "other": arms["other"]}, 4, later=arms.__contains__),
        Plan(arms, 4),
    ]
    first, again = carrier(tmp_path), carrier(tmp_path)
    shown = [first(step, "a") for step in steps]
    for step, frames in zip(steps, shown, strict=True):
        runs, months = again(step, "a")
        order = ["arm", "seed"]
        assert runs.sort_values(order, ignore_index=True).equals(
            frames[0].sort_values(order, ignore_index=True)
        )
        assert len(months) == len(frames[1])
        assert again.ended["a"].ran == 0
        assert again.ended["a"].missing == 0
    assert status(tmp_path / "a").total("done") == 12


def test_each_step_is_named_for_the_progress(tmp_path: Path) -> None:
    named: list[str] = []

    def run(plan: Plan, home: Path, name: str) -> Outcome:
        named.append(plan.stage)
        return execute(plan, home, workers=0, simulate=standin.simulate, quiet=True)

    carry = Carrier(tmp_path, run)
    plan = Plan({"base": World()}, 2)
    carry(plan, "")
    carry(replace(plan, stage="combinations"), "main")
    within(carry, "qn")(plan, "same_rate/1")
    assert named == ["", "main, combinations", "qn, same rate, 1"]


def test_what_no_step_asks_for_is_refused(tmp_path: Path) -> None:
    arms = {name: World(name) for name in ("base", "other")}
    carrier(tmp_path)(Plan(arms, 2), "a")
    step = Plan({"base": arms["base"]}, 2, later=lambda name: name == "third")
    with pytest.raises(RequestError, match="holds the arm 'other', which is not requested"):
        carrier(tmp_path)(step, "a")
