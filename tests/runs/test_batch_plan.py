"""Plans: seeds, chunks, sweeps, measures and the file that describes them."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import standin

from sim.analysis.experiments.kinds.plan import load_plan
from sim.core.errors import RequestError
from sim.runs.chunks import MOST_SLOTS, cut, remaining
from sim.runs.plan import Plan, make_plan
from sim.runs.seeds import read_seeds, recorded_seeds, spell
from sim.runs.sweep import SWEEPS, SweepRange
from sim.runs.sweeps.grid import Grid
from sim.runs.sweeps.latin_hypercube import LatinHypercube
from sim.runs.sweeps.list import Listed
from sim.runs.sweeps.sobol import Sobol

World, Firms = standin.World, standin.Firms


@pytest.mark.parametrize(
    ("wanted", "seeds"),
    [
        *((3, (1, 2, 3)), ("3", (1, 2, 3)), (" 2 ", (1, 2)), ("7..7", (7,)), ("7,9", (7, 9))),
        *(("9-10, 2-4", (2, 3, 4, 9, 10)), ([5, 1], (1, 5)), ([0], (0,))),
    ],
)
def test_seeds_are_read_as_people_write_them(wanted: Any, seeds: tuple[int, ...]) -> None:
    assert read_seeds(wanted) == seeds
    assert recorded_seeds(spell(seeds)) == seeds


def test_seeds_are_spelled_in_ranges() -> None:
    assert spell([8, 1, 2, 3, 6, 5]) == "1-3,5-6,8"


@pytest.mark.parametrize("wrong", [0, -3, "", "0", "3-1", "1,1", [2, 2], [-1, 4], "1-2-3", "all"])
def test_seeds_that_make_no_sense_are_refused(wrong: Any) -> None:
    with pytest.raises(RequestError, match=r"^seeds: "):
        read_seeds(wrong)


@pytest.mark.parametrize("firms", [1, 100, 3_000, 70_000, 10_000_000])
@pytest.mark.parametrize("seeds", [1, 7, 500, 3_001])
def test_chunks_cover_each_run_once_and_fit_in_memory(firms: int, seeds: int) -> None:
    worlds = {"a": World("a", firms=Firms(firms)), "b": World("b", firms=Firms(2 * firms))}
    chunks = list(cut(Plan(worlds, seeds)))
    runs = Counter((chunk.arm, seed) for chunk in chunks for seed in chunk.seeds)
    assert runs == {(arm, seed): 1 for arm in worlds for seed in range(1, seeds + 1)}
    for chunk in chunks:
        slots = len(chunk.seeds) * worlds[chunk.arm].firms.count
        assert slots <= MOST_SLOTS or len(chunk.seeds) == 1
        assert chunk.seeds == tuple(range(chunk.seeds[0], chunk.seeds[-1] + 1))
    sizes = {len(chunk.seeds) for chunk in chunks if chunk.arm == "a"}
    assert max(sizes) - min(sizes) <= 1


def test_the_commonest_job_is_cut_for_speed_and_balance() -> None:
    chunks = list(cut(Plan({"base": World(horizon=36, firms=Firms(2_000))}, 1_000)))
    # 65,536 slots / 2,000 firms = 32.8 seeds at most; 1,000 / 32 = 31.25 chunks at least
    assert len(chunks) == math.ceil(1_000 / 32)
    # a small market is not cut below .2 s of work: 500,000 / (100 × 36) = 139 seeds
    small = list(cut(Plan({"base": World(horizon=36, firms=Firms(100))}, 278)))
    assert [len(chunk.seeds) for chunk in small] == [139, 139]


def test_arms_take_turns() -> None:
    plan = Plan({"a": World("a"), "b": World("b")}, 64)
    assert [chunk.arm for chunk in cut(plan)][:4] == ["a", "b", "a", "b"]


def test_what_remains_keeps_the_cut() -> None:
    plan = Plan({"base": World()}, 64)
    whole = list(cut(plan))
    settled = {"base": set(whole[0].seeds) | {whole[1].seeds[0]}}
    left = list(remaining(plan, settled))
    assert left[0].seeds == whole[1].seeds[1:]
    assert left[1:] == whole[2:]


RANGES = {"a.b": SweepRange(low=0.0, high=10.0), "c": SweepRange(low=1.0, high=100.0, log=True)}
SWEEPS_AT_WORK = {
    "grid": Grid(values={"a.b": [1, 2], "c": ["x", "y", "z"]}),
    "list": Listed(at=[{"a.b": 1}, {"a.b": 2, "c": 3}]),
    "latin_hypercube": LatinHypercube(ranges=RANGES, count=50),
    "sobol": Sobol(ranges=RANGES, count=64),
}


@pytest.mark.parametrize("kind", list(SWEEPS.members))
def test_every_sweep_names_its_points_and_repeats_itself(kind: str) -> None:
    sweep = SWEEPS_AT_WORK[kind]
    labels, points = zip(*sweep.labelled(), strict=True)
    assert len(set(labels)) == len(points) == len(sweep.points())
    assert list(points) == sweep.points()
    again = type(sweep).model_validate(sweep.model_dump())
    assert list(again.labelled()) == list(zip(labels, points, strict=True))


def test_a_grid_has_every_combination() -> None:
    labels = [label for label, _ in SWEEPS_AT_WORK["grid"].labelled()]
    assert labels == [f"a.b={i}, c={j}" for i in (1, 2) for j in "xyz"]


def test_a_latin_hypercube_uses_each_slice_of_each_key_once() -> None:
    points = SWEEPS_AT_WORK["latin_hypercube"].points()
    linear = [math.floor(float(str(point["a.b"])) / 10 * 50) for point in points]
    logs = [math.floor(math.log(float(str(point["c"]))) / math.log(100) * 50) for point in points]
    assert sorted(linear) == sorted(logs) == list(range(50))


def test_sobol_puts_as_many_points_in_each_quarter_of_the_box() -> None:
    points = SWEEPS_AT_WORK["sobol"].points()
    quarters = Counter((point["a.b"] < 5, point["c"] < 10) for point in points)  # type: ignore[operator]
    assert set(quarters.values()) == {16}


def test_whole_numbers_come_equally_often() -> None:
    reach = SweepRange(low=1.0, high=3.0, whole=True)
    assert Counter(reach.at(i / 300) for i in range(300)) == {1: 100, 2: 100, 3: 100}


def load(path: Path, set: Any = None) -> standin.World:
    keys = dict(set or {})
    firms = Firms(keys.pop("firms.count", 4_000))
    return World(Path(path).stem, firms=firms, **keys)


def test_a_plan_is_files_times_measures_times_points() -> None:
    plan = make_plan(
        ["x/one.yaml", "two.yaml"],
        "1-3",
        set={"horizon": 2},
        measures={"large": {"firms.count": 9_000}},
        sweep=Grid(values={"level": [0.1, 0.2]}),
        load=load,
    )
    assert list(plan.arms) == [
        f"{name}{measure} level={level}"
        for name in ("one", "two")
        for measure in ("", " + large")
        for level in (0.1, 0.2)
    ]
    world = plan.arms["two + large level=0.2"]
    assert world == World("two", horizon=2, level=0.2, firms=Firms(9_000))
    assert plan.chosen["two + large level=0.2"] == {"firms.count": 9_000, "level": 0.2}
    assert plan.runs == 24


def test_two_values_for_one_key_are_refused_and_both_sources_named() -> None:
    words = r"level: measure 'low' sets 0.01 and the sweep sets 0.1; set it in only one of them"
    with pytest.raises(RequestError, match=words):
        make_plan(
            ["one.yaml"],
            measures={"low": {"level": 0.01}},
            sweep=Grid(values={"level": [0.1]}),
            load=load,
        )


def test_two_arms_of_one_name_are_refused() -> None:
    with pytest.raises(RequestError, match=r"called 'one' \(from a/one.yaml and b/one.yaml\)"):
        make_plan(["a/one.yaml", "b/one.yaml"], load=load)


PLAN = """\
kind: plan
title: Does the size matter?
bases: [worlds/one.yaml]
seeds: 1-20,30
set: {horizon: 2}
measures: [first.yaml, second.yaml]
arms:
  small: {set: {firms.count: 100}}
  both: {measures: [first, second]}
sweep:
  kind: latin_hypercube
  count: 2
  ranges:
    economy.funding_rate: {low: 0.01, high: 0.02}
"""
MEASURE = """\
title: t
thesis: t
statements: ["1"]
package: team
overrides: {banks: {main: {%s}}}
"""


def write_plan(folder: Path, text: str = PLAN) -> Path:
    (folder / "worlds").mkdir()
    (folder / "worlds" / "one.yaml").write_text("name: one\nfirms: {count: 60}\n", "utf-8")
    (folder / "first.yaml").write_text(MEASURE % "reserve: 0.03", "utf-8")
    (folder / "second.yaml").write_text(MEASURE % "branch_cost: 5", "utf-8")
    path = folder / "plan.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_plan_file_says_all_of_it(tmp_path: Path) -> None:
    plan = load_plan(write_plan(tmp_path)).plan
    assert list(plan.arms) == [f"one{m} #{i}" for m in ("", " + small", " + both") for i in (1, 2)]
    arms: dict[str, Any] = dict(plan.arms)
    assert [arm.firms.count for arm in arms.values()] == [60, 60, 100, 100, 60, 60]
    assert [arm.banks["main"].reserve for arm in arms.values()] == [0.02] * 4 + [0.03] * 2
    assert {arm.horizon for arm in arms.values()} == {2}
    assert plan.seeds == (*range(1, 21), 30)
    rate = arms["one + both #2"].economy.funding_rate
    assert 0.01 <= rate < 0.02
    assert plan.chosen["one + both #2"] == {
        "banks.main.reserve": 0.03, "banks.main.branch_cost": 5, "economy.funding_rate": rate
    }  # fmt: skip
    assert plan.chosen["one #2"] == {"economy.funding_rate": rate}


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("seeds: 1-20,30", "seeed: 3", r"plan.yaml:4:1: seeed: unknown key 'seeed'; did you mean"),
        ("kind: plan\n", "", r"plan.yaml:1:1: kind: missing; must be one of banks, calibration"),
        ("kind: plan", "kind: plam", r"plan.yaml:1:7: kind: .*found 'plam'; did you mean 'plan'"),
        ("kind: latin_hypercube", "kind: latin", r"plan.yaml:11:9: .*found 'latin'"),
        ("low: 0.01", "low: 0.3", r"plan.yaml:14:5: sweep.ranges.economy.funding_rate: low 0.3"),
        ("economy.funding_rate", "economy.funding_rat", r"plan.yaml:14:5: .*unknown key 'funding_"),
        ("economy.funding_rate", "horizon", r"horizon: `set` sets 2 and the sweep sets"),
        ("[first.yaml, second.yaml]", "[plan.yaml]", r"plan.yaml:1:1: thesis: missing"),
        ("[first.yaml, second.yaml]", "[nowhere.yaml]", "measures.0: no such file 'nowhere.yaml'"),
        ("[first, second]", "[first, secnd]", r"plan.yaml:9:28: arms.both.measures.1: no measure"),
        ("firms.count: 100", "firms.cuont: 100", r"plan.yaml:8:17: firms.cuont: unknown key"),
        ("bases: [worlds/one.yaml]", "why: x", "bases: missing"),
        ("bases: [worlds/one.yaml]", "bases: []", "bases: name at least one scenario"),
        (
            "sweep:",
            "claims: {c: {kind: difference, metric: profit, base: one, other: x, expect: lower}}\n"
            "sweep:",
            "claims.c: no arm called 'one'",
        ),
    ],
)
def test_a_wrong_plan_file_is_refused_with_its_place(
    tmp_path: Path, wrong: str, right: str, words: str
) -> None:
    assert wrong in PLAN
    path = write_plan(tmp_path, PLAN.replace(wrong, right))
    with pytest.raises(RequestError, match=words):
        assert load_plan(path).plan


def test_a_measure_of_a_plan_passes_the_check_of_measures(tmp_path: Path) -> None:
    path = write_plan(tmp_path)
    (tmp_path / "second.yaml").write_text("overrides: {firms: {count: 70}}\n", "utf-8")
    with pytest.raises(RequestError, match=r"second.yaml:1:1: title: missing"):
        load_plan(path)


def test_a_study_is_no_plan() -> None:
    with pytest.raises(RequestError, match="an experiment of kind study; a plan is needed here"):
        load_plan("zhengzhou")


def test_sobol_refuses_a_count_that_loses_its_balance() -> None:
    with pytest.raises(ValueError, match="count 100 is not a power of two; use 64 or 128"):
        Sobol(ranges=RANGES, count=100)
