"""What lies in a finished folder: tables for any reader, manifest, compacting and repeating."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import standin
from folders import assert_equal, plain

from sim.core.errors import RequestError
from sim.runs.compact import compact
from sim.runs.execute import execute
from sim.runs.forecast import forecast
from sim.runs.plan import Plan
from sim.runs.reading import read_design, read_failed, read_months, read_runs
from sim.runs.rerun import rerun
from sim.runs.status import status

World = standin.World
WORLDS = {"base": World(), "high": World("high", level=0.08)}


def run(folder: Path, seeds: Any = 40, worlds: Any = None, **how: Any) -> Any:
    plan = Plan(worlds or WORLDS, seeds, {"high": {"level": 0.08}})
    return execute(plan, folder, simulate=standin.simulate, quiet=True, **{"workers": 0, **how})


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    run(folder)
    return folder


def test_frames_are_tidy_and_sorted(finished: Path) -> None:
    runs, months = read_runs(finished), read_months(finished)
    assert list(runs.columns) == ["arm", "seed", "bank", "npl_ratio", "profit", "odd"]
    assert list(months.columns) == [
        "arm", "seed", "bank", "month", "npl_ratio", "profit", "defaults",
    ]  # fmt: skip
    for frame, keys in (
        (runs, ["arm", "seed", "bank"]),
        (months, ["arm", "seed", "bank", "month"]),
    ):
        rows = list(frame[keys].itertuples(index=False, name=None))
        assert rows == sorted(set(rows))
        assert all(frame[column].dtype == "float64" for column in frame if column not in keys)
    assert len(runs) == 2 * 40 * 2
    assert read_runs(finished, columns=["profit"]).equals(runs[["arm", "seed", "bank", "profit"]])
    with pytest.raises(RequestError, match=r"no column 'profits' in runs; did you mean 'profit'\?"):
        read_runs(finished, columns=["profits"])


def test_pandas_and_duckdb_read_the_same(finished: Path) -> None:
    runs = read_runs(finished)
    assert plain(finished, "runs").equals(runs)
    query = f"""
        select arm, avg(npl_ratio) as npl, count(odd) as odd
        from '{finished}/runs/*.parquet' group by arm order by arm
    """
    found = duckdb.sql(query).df()
    wanted = runs.groupby("arm")
    assert found["npl"].to_list() == pytest.approx(wanted["npl_ratio"].mean().to_list(), rel=1e-12)
    # not a number is null for SQL, so it is not counted: 20 odd seeds × 2 banks
    assert found["odd"].to_list() == [40, 40]
    months = duckdb.sql(f"select * from '{finished}/months/*.parquet'").df()
    assert len(months) == len(read_months(finished)) == 2 * 40 * 2 * 3


def test_what_arms_vary_stands_beside_the_outcomes(finished: Path) -> None:
    design = read_design(finished)
    assert design["arm"].to_list() == ["base", "high"]
    assert design["level"].to_list() == [0.04, 0.08]  # the base did not choose it, but has it
    assert pd.read_parquet(finished / "design.parquet").equals(design)
    query = f"""
        select level, avg(npl_ratio) as npl from '{finished}/runs/*.parquet'
        join '{finished}/design.parquet' using (arm) group by level order by level
    """
    found = duckdb.sql(query).df()
    assert found["level"].to_list() == [0.04, 0.08]
    joined = read_runs(finished).merge(design, on="arm").groupby("level")["npl_ratio"].mean()
    assert found["npl"].to_list() == pytest.approx(joined.to_list(), rel=1e-12)


def test_values_of_several_types_are_one_column(tmp_path: Path) -> None:
    chosen = {"base": {"horizon": 3, "x": [1, 2]}, "high": {"horizon": 3.5, "x": "text", "y": True}}
    plan = Plan(WORLDS, 1, chosen)
    execute(plan, tmp_path, simulate=standin.simulate, quiet=True, workers=0)
    stored = pd.read_parquet(tmp_path / "design.parquet")
    assert stored["horizon"].to_list() == [3.0, 3.5]
    assert stored["x"].to_list() == ["[1, 2]", "text"]
    assert stored["y"].to_list() == [None, True]


def test_finished_is_the_end_of_the_last_run(tmp_path: Path) -> None:
    run(tmp_path, 2)
    file = tmp_path / "manifest.json"
    before = file.read_text()
    run(tmp_path, 2)  # nothing to run
    assert file.read_text() == before
    # its driver was killed after the last part: a later resume still knows when that was
    file.write_text(json.dumps(json.loads(before) | {"finished": None}))
    for part in (tmp_path / "runs").iterdir():
        os.utime(part, (1.6e9, 1.6e9))
    run(tmp_path, 2)
    assert json.loads(file.read_text())["finished"] == "2020-09-13T12:26:40+00:00"


def test_no_failures_is_an_empty_frame(finished: Path) -> None:
    assert list(read_failed(finished).columns)[:3] == ["arm", "seed", "kind"]
    assert read_failed(finished).empty


def test_the_manifest_holds_what_is_needed_to_repeat_it(finished: Path) -> None:
    manifest = json.loads((finished / "manifest.json").read_text())
    assert manifest["seeds"] == "1-40"
    assert World.model_validate(manifest["arms"]["high"]["scenario"]) == WORLDS["high"]
    assert manifest["arms"]["high"]["hash"] == WORLDS["high"].hash
    assert manifest["packages"]["pandas"] == pd.__version__
    started, finished_at = (datetime.fromisoformat(manifest[k]) for k in ("started", "finished"))
    assert started <= finished_at
    assert str(started.tzinfo) == "UTC"
    assert [session["ran"] for session in manifest["sessions"]] == [80]


def test_status_tells_done_failed_missing(tmp_path: Path, finished: Path) -> None:
    assert status(finished).complete
    run(tmp_path, 40, {"base": World(behaviour={"raise": [3]})})
    lost = sorted((tmp_path / "runs").iterdir())[0]
    seeds = set(pd.read_parquet(lost)["seed"])
    lost.unlink()
    state = status(tmp_path)
    assert (state.arms["base"].failed, state.arms["base"].missing) == ({3}, seeds)
    assert state.arms["base"].done == set(range(1, 41)) - seeds - {3}
    assert str(state).startswith(
        f"{tmp_path}: {39 - len(seeds)} done, 1 failed, {len(seeds)} missing"
    )
    with pytest.raises(RequestError, match=r"no run folder \(it has no manifest.json\)"):
        status(tmp_path / "nowhere")


def test_compacting_leaves_one_file_per_table_and_every_value(
    tmp_path: Path, finished: Path
) -> None:
    run(tmp_path)
    count = len(list((tmp_path / "runs").iterdir()))
    assert compact(tmp_path) == count > 4
    assert [len(list((tmp_path / table).iterdir())) for table in ("runs", "months")] == [1, 1]
    assert_equal(tmp_path, finished)
    assert run(tmp_path).ran == 0
    assert run(tmp_path, 50).ran == 20
    assert compact(tmp_path) == 1 + len(list(range(2)))
    assert len(read_runs(tmp_path)) == 2 * 50 * 2


def test_a_kill_in_the_middle_of_compacting_doubles_nothing(tmp_path: Path, finished: Path) -> None:
    run(tmp_path)
    small = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}
    compact(tmp_path)
    for path, content in list(small.items())[::2]:  # those that it had not removed yet
        path.write_bytes(content)
    pd.testing.assert_frame_equal(read_runs(tmp_path), read_runs(finished))
    assert status(tmp_path).complete
    assert run(tmp_path).ran == 0
    assert_equal(tmp_path, finished)


def test_a_changed_byte_is_not_read_as_a_number(tmp_path: Path) -> None:
    run(tmp_path, 5)
    path = sorted((tmp_path / "runs").iterdir())[0]
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(RequestError, match="a part of runs is damaged; repeat the command"):
        read_runs(tmp_path)


def test_a_folder_can_be_repeated_from_its_manifest(tmp_path: Path) -> None:
    run(tmp_path, 10)
    again = rerun(
        tmp_path, workers=0, simulate=standin.simulate, revive=World.model_validate, quiet=True
    )
    assert again.equal
    assert str(again) == "20 runs repeated: every number is the same"


def nudged(scenario: World, *, seeds: list[int]) -> standin.Frames:
    """Give a last digit that differs for one seed, as another library might."""
    frames = standin.simulate(scenario, seeds=seeds)
    frames.summary.loc[frames.summary["seed"] == 4, "profit"] += 1e-15
    return frames


def test_repeating_tells_the_last_digit_that_differs(tmp_path: Path) -> None:
    run(tmp_path, 10)
    again = rerun(tmp_path, workers=0, simulate=nudged, revive=World.model_validate, quiet=True)
    assert len(again.differences) == 1
    assert again.differences[0].startswith("runs.profit: 4 of 40 rows differ, at most by ")


def test_an_estimate_counts_what_is_left_and_scales_a_trial(tmp_path: Path, finished: Path) -> None:
    plan = Plan(WORLDS, 400)
    whole = forecast(plan, simulate=standin.simulate, workers=2)
    assert (whole.runs, whole.workers) == (800, 2)
    left = forecast(plan, finished, simulate=standin.simulate, workers=2)
    assert left.runs == 720
    assert "720 runs in" in str(left)
    execute(plan, tmp_path, simulate=standin.simulate, workers=0, quiet=True)
    stored = sum(path.stat().st_size for path in tmp_path.rglob("*.parquet"))
    assert stored / 3 < whole.bytes < stored * 3


def test_an_estimate_refuses_a_folder_of_another_scenario_before_its_trial(finished: Path) -> None:
    def untried(scenario: World, *, seeds: list[int]) -> standin.Frames:
        raise AssertionError("tried")

    changed = Plan(WORLDS | {"high": World("high", level=0.09)}, 40)
    with pytest.raises(RequestError, match=r"scenario of arm 'high' has changed: level was 0\.08"):
        forecast(changed, finished, simulate=untried)
