"""One command makes every reference: its plan names what exists, and leaves nothing out."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from experiments import remake
from experiments.remaking.carrying import Record, carry_out, sources_of
from experiments.remaking.plan import PLAN, REFERENCE, STUDIES, Step, tried
from sim.runs.layout import Folder
from sim.runs.lock import claimed
from tests.apps.command import Smelend

ROOT = Path(__file__).parents[2]
BY_HAND = {  # modules of experiments that have a command of their own and are no step, and why
    "experiments.remake": "the command itself",
    "experiments.calibration.bands": "reads the published figures; a test computes them again",
}
OTHERS = ("chinese rows", "statements")  # write a scenario, and docs/statements.md


def test_no_study_is_left_out() -> None:
    assert {f"{name}.yaml" for name in STUDIES} == {
        path.name for path in (ROOT / "experiments").glob("*.yaml")
    }


def test_no_module_that_prints_a_table_is_left_out() -> None:
    runs = {step.module for step in PLAN.values()} | set(BY_HAND)
    for path in (ROOT / "experiments").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if "benchmark" not in module and "__main__" in path.read_text("utf-8"):
            assert module in runs


@pytest.mark.parametrize("name", PLAN)
def test_each_command_and_its_files_exist(name: str, smelend: Smelend) -> None:
    step = PLAN[name]
    if step.module != "smelend":
        assert callable(importlib.import_module(step.module).main)
        return
    command, *words = step.words
    help_text = smelend(command, "--help").out
    for word in words:
        if word.startswith("--"):
            assert word in help_text
        elif word.endswith(".yaml"):
            assert (ROOT / word).is_file()
    assert not step.keep or "--keep" in help_text


def test_everything_is_kept_below_the_reference_and_a_try_leaves_it_alone() -> None:
    for name, step in PLAN.items():
        small = tried(name, step, "results/tiny")
        for one, home in ((step, REFERENCE), (small, "results/tiny")):
            kept = [one.keep, one.prints, *(one.copies or {}).values()]
            assert all(place.startswith(home) for place in kept if place)
        assert REFERENCE not in small.text
        writes_a_page = "--write" in step.words
        assert name == "chinese rows" or not (writes_a_page and "--write" in small.words)
        assert name in OTHERS or writes_a_page or small.keep or small.prints or small.copies
    assert list(PLAN)[-1] == "statements"  # reads what the others wrote


def says(word: str, **more: object) -> Step:
    """Return a step that prints the message of the day of a standard module, quickly."""
    return Step("calendar", ("2018", word), 1.0, prints=f"results/reference/{word}.txt", **more)  # type: ignore[arg-type]


def test_what_is_done_is_not_run_again_and_what_failed_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    plan = {"one": says("1"), "bad": says("13"), "two": says("2")}
    record = tmp_path / "results" / "remake.json"
    assert carry_out(plan, plan, tmp_path, Record(record)) == 2
    said = capfd.readouterr().out
    assert "[1 of 3] one: python -m calendar 2018 1  (about 3 min left)" in said
    assert "failed or stopped: bad" in said
    assert "January" in (tmp_path / "results/reference/1.txt").read_text("utf-8")
    assert not (tmp_path / "results/reference/13.txt").exists()
    assert set(json.loads(record.read_text("utf-8"))) == {"one", "two"}

    carry_out(plan, ["two", "one"], tmp_path, Record(record))
    assert capfd.readouterr().out.count("done before") == 2
    (tmp_path / "results/reference/2.txt").unlink()
    carry_out(plan, ["one", "two"], tmp_path, Record(record))
    assert "[2 of 2] two: python" in capfd.readouterr().out
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "new.csv").write_text("1\n")
    carry_out(plan, ["one"], tmp_path, Record(record))
    assert "one: python" in capfd.readouterr().out


def test_a_step_is_done_by_the_sources_that_it_began_with(tmp_path: Path) -> None:
    changes = "import pathlib; pathlib.Path('data/a.csv').write_text('1')"
    (tmp_path / "data").mkdir()
    (tmp_path / "experiment.py").write_text(changes)
    record = Record(tmp_path / "done.json")
    step = Step("experiment", (), 1.0)
    assert carry_out({"a": step}, ["a"], tmp_path, record) == 0
    assert not record.has("a", step, tmp_path)  # somebody changed a source meanwhile
    carry_out({"a": step}, ["a"], tmp_path, record)
    assert record.has("a", step, tmp_path)
    (tmp_path / "data/a.csv").unlink()
    fit = Step("experiment", (), 1.0, writes_source=True)
    carry_out({"a": fit}, ["a"], tmp_path, record)
    assert record.has("a", fit, tmp_path)
    kept = Step("experiment", (), 1.0, keep="results/reference")
    record.add("a", kept, sources_of(tmp_path), 0, 1.0)
    assert not record.has("a", kept, tmp_path)  # its tables were deleted


def test_a_second_driver_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(remake, "ROOT", tmp_path)
    folder = Folder(tmp_path / "results" / "remake")
    folder.root.mkdir(parents=True)
    with claimed(folder), pytest.raises(SystemExit) as ended:
        remake.main(["--only", "a"], {"a": says("1")})
    assert ended.value.code == 2
    assert "is being written by" in capsys.readouterr().err
    assert remake.main(["--only", "a"], {"a": says("1")}) == 0


def test_other_sources_give_another_digest(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    before = sources_of(tmp_path)
    (tmp_path / "scenarios" / "a.md").write_text("no source")
    assert sources_of(tmp_path) == before
    (tmp_path / "scenarios" / "a.yaml").write_text("firms: {count: 1}")
    assert sources_of(tmp_path) != before


def test_copies_are_made_of_what_a_step_leaves(tmp_path: Path) -> None:
    (tmp_path / "made.csv").write_text("1\n")
    step = Step("calendar", ("2018", "1"), 1.0, copies={"made.csv": "results/reference/x/made.csv"})
    assert carry_out({"a": step}, ["a"], tmp_path, Record(tmp_path / "r.json")) == 0
    assert (tmp_path / "results/reference/x/made.csv").read_text() == "1\n"


def test_a_part_is_listed_by_names_or_from_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    plan = {"a": says("1"), "b": says("2"), "c": says("3")}
    assert remake.main(["--list", "--from", "b"], plan) == 0
    said = capsys.readouterr().out
    assert "a:" not in said
    assert "b: python -m calendar 2018 2" in said
    assert "about 2 min on two cores" in said
    assert remake.main(["--list", "--only", "c", "a"], plan) == 0
    assert capsys.readouterr().out.index("a:") == 0


@pytest.mark.parametrize("keeps", [True, False])
def test_a_missed_band_is_a_result_and_a_broken_command_is_not(tmp_path: Path, keeps: bool) -> None:
    write = "__import__('pathlib').Path('kept/table.csv').write_text('1');" if keeps else ""
    (tmp_path / "kept").mkdir()
    (tmp_path / "missed.py").write_text(f"{write}raise SystemExit(1)")
    step, record = Step("missed", (), 1.0, keep="kept"), Record(tmp_path / "r.json")
    assert carry_out({"a": step}, ["a"], tmp_path, record) == (0 if keeps else 2)
    assert ("a" in record.steps) == keeps
