"""What goes wrong in the block `robust`: refused at its line before a run, or lost alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.study.claiming import claims_of
from sim.analysis.study.conduct import conduct
from sim.analysis.study.robust_points import curve_of, probe_plan
from sim.analysis.study.robustness import label_of, try_all
from sim.apps.commands.validate import checked_experiment
from sim.apps.results_text import text_of_study
from sim.apps.study_files import missing_of
from sim.core.errors import RequestError
from sim.runs.plan import Plan
from tests.studies.robust_case import JUDGED, read, turning
from tests.studies.stored import stored

Frames = tuple[pd.DataFrame, pd.DataFrame]
TAKEN = "    taken: {keys: [firms.temptation.taken], values: [0.25, 0.8], scale: logit}\n"
FEAR = "firms.opportunism_log_sd"


def without(frames: Frames, *arms: str) -> Frames:
    runs, months = (frame[~frame["arm"].isin(arms)] for frame in frames)
    return runs, months


@pytest.mark.thorough
def test_a_point_without_any_run_of_an_arm_is_a_point_without_an_answer(tmp_path: Path) -> None:
    study = read(tmp_path)
    spec = study.content.robust
    assert spec is not None
    whole = try_all(study, spec, claims_of(study), turning, "main").points

    def failing(plan: Plan, name: str) -> Frames:
        return without(turning(plan, name), "visits #13")  # the first as declared

    findings = conduct(study, failing, seeds=4)
    table, points = findings.robust, findings.robust_points
    assert table is not None
    assert points is not None
    assert points.loc[12, ["sure", "sure (distance)"]].isna().all()
    counts = table.set_index("claim")["n_declared"]
    assert dict(counts) == {"sure": 11, "never": 12, "turns": 12}
    assert dict(table.set_index("claim")["share_declared"])["sure"] == 1.0  # not 11 of 12
    assert table.set_index("claim").loc["sure", "label"] == "robust"
    others = whole.columns.drop(["sure", "sure (distance)"])
    pd.testing.assert_frame_equal(points[others], whole[others])


@pytest.mark.thorough
def test_seeds_that_no_two_arms_share_are_no_answer_either(tmp_path: Path) -> None:
    def failing(plan: Plan, name: str) -> Frames:
        runs, months = turning(plan, name)
        for arm, seed in (("base #14", 1), ("second #14", 2)):
            runs = runs[(runs["arm"] != arm) | (runs["seed"] != seed)]
        return runs, months

    table = conduct(read(tmp_path), failing, seeds=4).robust
    assert table is not None
    counts = table.set_index("claim")["n_declared"]
    assert dict(counts) == {"sure": 12, "never": 12, "turns": 11}


@pytest.mark.thorough
@pytest.mark.parametrize("first", [16, 13])
def test_points_lost_leave_too_few_for_a_label(tmp_path: Path, first: int) -> None:
    def failing(plan: Plan, name: str) -> Frames:
        return without(turning(plan, name), *(f"visits #{k}" for k in range(first, 25)))

    table = conduct(read(tmp_path), failing, seeds=4).robust
    assert table is not None
    assert dict(table.set_index("claim")["n_declared"])["sure"] == first - 13
    assert dict(table.set_index("claim")["label"])["sure"] == "few"  # even with none at all


def test_a_range_without_an_answer_is_few_not_untried() -> None:
    assert label_of([1.0, np.nan, 1.0], "supported", 0.5, 0) == "few"
    assert label_of([np.nan] * 3, "supported", 0.5, 0) == "untested"


@pytest.mark.thorough
@pytest.mark.parametrize(
    "fault",
    [
        RequestError("all runs failed"),
        pytest.param(KeyError("omega x 1"), marks=pytest.mark.thorough),
    ],
)
def test_a_fault_there_loses_no_other_table(tmp_path: Path, fault: Exception) -> None:
    plans: dict[str, Plan] = {}

    def failing(plan: Plan, name: str) -> Frames:
        plans[name] = plan
        if name == "robust/points":
            raise fault
        return turning(plan, name)

    few = JUDGED.replace("points: 12", "points: 4")
    findings = conduct(read(tmp_path, few), failing, seeds=4)
    assert findings.robust is None
    home = stored(findings, plans[""], tmp_path / "out")
    assert (home / "verdicts.csv").exists()
    assert not (home / "robust.csv").exists()
    (line,) = missing_of(home)
    assert str(fault) in line
    shown = " ".join(text_of_study(home, 200).split())
    assert "Not computed: each verdict where what nobody knows is otherwise" in shown
    assert str(fault) in shown


def test_an_omega_without_runs_is_left_out_of_the_curve(tmp_path: Path) -> None:
    study = read(tmp_path)
    spec = study.content.robust
    assert spec is not None
    plan = probe_plan(study, spec)
    assert plan is not None
    runs, _ = turning(plan, "")
    curve = curve_of(plan, runs[runs["arm"] != "omega x 2"])
    assert len(curve.omega) == 6
    assert curve.omega_for(0.2)[0] == pytest.approx(4.0)
    with pytest.raises(RequestError, match="at the base's omega"):
        curve_of(plan, runs[runs["arm"] != "omega x 1"])


def also(name: str, block: str) -> str:
    assert TAKEN in JUDGED
    return JUDGED.replace(TAKEN, f"{TAKEN}    {name}: {{{block}}}\n")


WRONG = {
    "mistyped": (also("c", "keys: [firms.temptation.takenn], values: [1, 2]"), "c", "is no number"),
    "whole": (also("c", "keys: [firms.take_up.rivals], values: [1, 4]"), "c", "is a whole number"),
    "levels": (
        also("c", "keys: [firms.take_up.rivals], values: [1, 2, 4]"), "c", "is a whole number"),
    "switch": (also("c", "keys: [firms.heirs], values: [0.5, 2]"), "c", "is no number"),
    "clash": (
        also("c", "keys: [economy.regulation.overdue_penalty], values: [1.0, 2.2]"), "c",
        "is below overdue_penalty"),
    "twice": (
        also("c", "keys: [firms.temptation.taken], values: [0.2, 0.9]"), "c",
        "firms.temptation.taken is set by taken already"),
    "one twice": (also("c", f"keys: [{FEAR}, {FEAR}], values: [0.4, 1.2]"), "c", "set by c"),
    "omega": (
        also("c", "keys: [firms.temptation.omega], values: [0.1, 9]"), "diverted_share",
        "firms.temptation.omega is set by c already"),
    "measure": (
        also("c", "keys: [banks.main.monitoring.monthly], values: [0.01, 0.3]"), "c",
        "is set by the measure visits"),
    "price": (
        also("c", "keys: [banks.main.monitoring.inspection_cost], values: [1, 9000]"), "c",
        "is set by the quantity unit_costs"),
    "zero": (
        also("c", "keys: [firms.earnings.ruin_by_size], values: [0.5, 2], multiple: true"), "c",
        "of which every multiple is 0"),
    "range": (also("range", f"keys: [{FEAR}], values: [0.4, 1.2]"), "range", "is a column"),
    "point": (also("point", f"keys: [{FEAR}], values: [0.4, 1.2]"), "point", "is a column"),
    "reached": (also("reached", f"keys: [{FEAR}], values: [0.4, 1.2]"), "reached", "is a column"),
    "claim": (also("sure", f"keys: [{FEAR}], values: [0.4, 1.2]"), "sure", "column of a claim"),
    "distance": (
        also("sure (distance)", f"keys: [{FEAR}], values: [0.4, 1.2]"), "sure (distance)",
        "column of a claim"),
    "huge": (
        also("c", "keys: [firms.opportunism_log_sd], values: [0.5, 1.0e+300]"), "c",
        "too far from the base's"),
    "sure share": (
        also("c", "keys: [firms.readings.new_share], values: [0.001, 0.9999999999], scale: logit"),
        "c", "too far from the base's"),
    "huge costs": (
        JUDGED.replace("values: [0.5, 2.0]}", "values: [0.5, 1.0e+300]}"), "unit_costs",
        "too far from the base's"),
    "tiny share": (
        JUDGED.replace("values: [0.02, 0.05,", "values: [1.0e-300, 0.05,"), "diverted_share",
        "must lie between 0.0001 and 0.9999"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_block_is_refused_at_its_line_by_the_study_and_by_validate(
    tmp_path: Path, case: str
) -> None:
    text, quantity, said = WRONG[case]
    line = 1 + next(k for k, one in enumerate(text.splitlines()) if f"    {quantity}: {{" in one)

    def asked() -> None:
        conduct(read(tmp_path, text), lambda *_: pytest.fail("it ran"), seeds=4)

    def validated() -> None:
        read(tmp_path)  # writes the base
        (tmp_path / "study.yaml").write_text(text, "utf-8")
        checked_experiment(tmp_path / "study.yaml")

    for attempt in (asked, validated):
        with pytest.raises(RequestError) as fault:
            attempt()
        message = str(fault.value)
        assert said in message
        assert f"study.yaml:{line}:" in message
        assert quantity in message
        assert "\n" not in message


def test_a_claim_may_not_be_named_like_a_column_of_the_points(tmp_path: Path) -> None:
    study = read(tmp_path, JUDGED.replace("  sure: {", "  reached: {"))
    with pytest.raises(RequestError, match=r"claims.reached: 'reached' is a column"):
        conduct(study, lambda *_: pytest.fail("it ran"), seeds=4)


def test_a_block_that_can_be_run_is_valid(tmp_path: Path) -> None:
    read(tmp_path)
    assert "3 measures" in checked_experiment(tmp_path / "study.yaml")
