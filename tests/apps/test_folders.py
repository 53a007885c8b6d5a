"""Commands on a run folder: how far it is, the same again, fewer files; and where results go."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.apps.folders import default_folder
from tests.apps.command import HERE, PLAIN, Smelend

SIZE = {"firms.count": 100, "horizon": 3, "burn_in.months": 3}
SMALL = [word for key, value in SIZE.items() for word in ("--set", f"{key}={value}")]


@pytest.fixture
def folder(tmp_path: Path, smelend: Smelend) -> Path:
    """A small run folder of its own."""
    out = tmp_path / "out"
    base = PLAIN
    assert smelend("run", base, "--seeds", "2", *SMALL, *HERE, "--out", out).status == 0
    return out


def test_status_counts_done_failed_and_missing(folder: Path, smelend: Smelend) -> None:
    said = smelend("status", folder)
    assert said.status == 0
    assert said.out.startswith(f"{folder}: 2 done, 0 failed, 0 missing\n")
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"seeds": "1-5"}))
    failure = {
        "arm": "baseline",
        "seed": 3,
        "kind": "raised",
        "error": "x",
        "traceback": "",
        "at": "",
    }
    (folder / "failures.jsonl").write_text(json.dumps(failure) + "\n")
    said = smelend("status", folder)
    assert said.status == 1
    assert said.out.startswith(f"{folder}: 2 done, 1 failed, 2 missing\n")


def test_rerun_finds_every_number_again(folder: Path, smelend: Smelend) -> None:
    said = smelend("rerun", folder, *HERE)
    assert (said.status, said.err) == (0, "")
    assert said.out == "2 runs repeated: every number is the same\n"


def test_rerun_refuses_a_scenario_that_it_cannot_read(folder: Path, smelend: Smelend) -> None:
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"pd_max"', '"pd_most"'))
    said = smelend("rerun", folder, *HERE)
    assert said.status == 2
    assert "this version cannot read a scenario recorded there" in said.complaint
    assert "unknown key 'pd_most'" in said.complaint


def test_rerun_ends_in_1_when_a_number_differs(folder: Path, smelend: Smelend) -> None:
    (part,) = (folder / "runs").glob("*.parquet")
    table = pq.read_table(part)
    place = table.schema.get_field_index("profit")
    shifted = pa.array(table.column("profit").to_pandas() + 1.0)
    pq.write_table(table.set_column(place, table.schema.field(place), shifted), part)
    said = smelend("rerun", folder, *HERE)
    assert said.status == 1
    assert "runs.profit: 2 of 2 rows differ, at most by 1" in said.out


def test_compact_joins_the_parts_and_keeps_the_rows(folder: Path, smelend: Smelend) -> None:
    base = PLAIN
    assert smelend("run", base, "--seeds", "4", *SMALL, *HERE, "--out", folder).status == 0
    before = pd.read_parquet(folder / "months").sort_values(["seed", "month"], ignore_index=True)
    parts = len(list((folder / "months").iterdir()))
    assert parts > 1
    assert smelend("compact", folder).out == f"{folder}: {parts} parts joined into one\n"
    assert len(list((folder / "months").iterdir())) == 1
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "months"), before)
    assert smelend("compact", folder).out == f"{folder}: is one part already\n"


@pytest.mark.usefixtures("undrawn")
def test_results_are_not_written_inside_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r1/runs").mkdir(parents=True)
    (tmp_path / "r1/manifest.json").write_text("{}")
    words = ["run", PLAIN, "--seeds", "1", *SMALL, *HERE, "--out"]
    for place in ("r1/runs", "r1/inner/deep", "r1/../r1/inner"):
        said = smelend(*words, place)
        assert said.status == 2
        assert f"--out {place}: it is inside the results folder r1" in said.complaint
    said = smelend("calibrate", "--out", "r1/inner")
    assert (said.status, "inside the results folder r1" in said.complaint) == (2, True)
    (tmp_path / "site/manifest.json").parent.mkdir()
    (tmp_path / "site/manifest.json").write_text("{}")  # of something else
    assert smelend(*words, "site/out").status == 0
    (tmp_path / "site/runs").mkdir()
    assert smelend(*words, "site/out").status == 0  # it has results of its own


@pytest.mark.parametrize("command", ["status", "rerun", "compact"])
def test_a_folder_that_is_no_run_folder_is_told(
    command: str, tmp_path: Path, smelend: Smelend
) -> None:
    said = smelend(command, tmp_path)
    assert said.status == 2
    assert f"{tmp_path}: no run folder" in said.complaint


@pytest.mark.parametrize(
    ("arms", "between", "folder"),
    [
        (["zhengzhou/baseline"], "+", "results/zhengzhou/baseline"),
        (["zhengzhou/baseline", "zhengzhou/b"], "-vs-", "results/zhengzhou/baseline-vs-b"),
        (["baseline", "zhengzhou/b"], "-vs-", "results/baseline-vs-zhengzhou-b"),
        (["x/a", "x/b", "x/c", "x/d", "x/e"], "+", "results/x/a+b+c+2-more"),
        (["../../etc/passwd"], "+", "results/etc/passwd"),
        (["/"], "+", "results/scenario"),
        (["a name: with, signs"], "+", "results/a-name-with-signs-bba64c"),
        (["郑州/基线"], "+", "results/郑州/基线"),
    ],
)
def test_results_go_to_a_folder_named_after_the_arms(
    arms: list[str], between: str, folder: str
) -> None:
    assert default_folder(arms, between) == Path(folder)
