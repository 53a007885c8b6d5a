"""Plans: seeds, chunks, sweeps, measures and the file that describes them."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import standin

from sim.core.errors import RequestError
from sim.runs.chunks import MOST_SLOTS, cut, remaining
from sim.runs.plan import Plan, make_plan
from sim.runs.planfile import load_plan
from sim.runs.seeds import read_seeds, spell
from sim.runs.sweep import SWEEPS, SweepRange
from sim.runs.sweeps.grid import Grid
from sim.runs.sweeps.latin_hypercube import LatinHypercube
from sim.runs.sweeps.list import Listed
from sim.runs.sweeps.sobol import Sobol

World, Firms = standin.World, standin.Firms


@pytest.mark.parametrize(
    ("wanted", "seeds"),
    [(3, (1, 2, 3)), ("7", (7,)), ("9-10, 2-4", (2, 3, 4, 9, 10)), ([5, 1], (1, 5)), ("0", (0,))],
)
def test_seeds_are_read_as_people_write_them(wanted: Any, seeds: tuple[int, ...]) -> None:
    assert read_seeds(wanted) == seeds
    assert read_seeds(spell(seeds)) == seeds


def test_seeds_are_spelled_in_ranges() -> None:
    assert spell([8, 1, 2, 3, 6, 5]) == "1-3,5-6,8"


@pytest.mark.parametrize("wrong", [0, -3, "", "3-1", "1,1", [2, 2], [-1, 4], "1-2-3", "all"])
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
title: Does the size matter?
scenarios: [worlds/one.yaml]
seeds: 1-20,30
set: {horizon: 2}
measures:
  small: {firms: {count: 1000}}
  both: [first.yaml, second.yaml]
sweep:
  kind: latin_hypercube
  count: 2
  ranges:
    level: {low: 0.1, high: 0.2}
"""


def test_a_plan_file_says_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN)
    (tmp_path / "first.yaml").write_text("title: a\noverrides: {firms.count: 7000}\n")
    (tmp_path / "second.yaml").write_text("overrides: {firms: {count: 7000}}\n")
    asked = []

    def noting(path: Path, set: Any = None) -> standin.World:
        asked.append(path)
        return load(path, set)

    plan = load_plan(tmp_path / "plan.yaml", load=noting)
    assert set(asked) == {tmp_path / "worlds" / "one.yaml"}
    assert list(plan.arms) == [f"one{m} #{i}" for m in ("", " + small", " + both") for i in (1, 2)]
    assert {arm: world.firms.count for arm, world in plan.arms.items()} == {
        "one #1": 4_000, "one #2": 4_000, "one + small #1": 1_000, "one + small #2": 1_000,
        "one + both #1": 7_000, "one + both #2": 7_000,
    }  # fmt: skip
    assert plan.seeds == (*range(1, 21), 30)


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("seeds: 1-20,30", "seeed: 3", r"plan.yaml:3:1: seeed: unknown key 'seeed'; did you mean"),
        ("kind: latin_hypercube", "kind: latin", r"plan.yaml:9:9: .*found 'latin'"),
        (
            "low: 0.1",
            "low: 0.3",
            r"plan.yaml:12:5: sweep.ranges.level: low 0.3 must be below high 0.2",
        ),
        ("[first.yaml, second.yaml]", "[plan.yaml]", "no `overrides`; list dotted keys"),
        ("[first.yaml, second.yaml]", "[nowhere.yaml]", "nowhere.yaml:1:1: no such file"),
        ("scenarios: [worlds/one.yaml]", "why: x", "scenarios: missing"),
        ("scenarios: [worlds/one.yaml]", "scenarios: []", "no arm; give at least one scenario"),
    ],
)
def test_a_wrong_plan_file_is_refused_with_its_place(
    tmp_path: Path, wrong: str, right: str, words: str
) -> None:
    assert wrong in PLAN
    (tmp_path / "plan.yaml").write_text(PLAN.replace(wrong, right))
    for name in ("first.yaml", "second.yaml"):
        (tmp_path / name).write_text("overrides: {level: 1}\n")
    with pytest.raises(RequestError, match=words):
        load_plan(tmp_path / "plan.yaml", load=load)


def test_sobol_refuses_a_count_that_loses_its_balance() -> None:
    with pytest.raises(ValueError, match="count 100 is not a power of two; use 64 or 128"):
        Sobol(ranges=RANGES, count=100)
