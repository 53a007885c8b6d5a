"""What the system does not let us read is named and left alone; damage is moved aside and named."""

from __future__ import annotations

import json
import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import standin

import sim.runs.compact as compacting
from sim.core.errors import RequestError
from sim.runs.compact import compact
from sim.runs.execute import execute
from sim.runs.layout import Folder
from sim.runs.parts import read_part
from sim.runs.plan import Plan
from sim.runs.reading import read_failed, read_runs
from sim.runs.rerun import rerun
from sim.runs.status import status

World = standin.World
NOBODY = 65534


def run(folder: Path, seeds: Any = 20, **how: Any) -> Any:
    plan = Plan({"base": World(behaviour={"raise": [3]})}, seeds)
    return execute(plan, folder, simulate=standin.simulate, quiet=True, **{"workers": 0, **how})


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a finished run folder where any user of the machine can look and write."""
    home = Path(tempfile.mkdtemp())
    try:
        run(home / "out")
        for path in (home, *home.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        yield home / "out"
    finally:
        shutil.rmtree(home)


@contextmanager
def another_user() -> Iterator[None]:
    """Be a user for whom permissions count: root reads everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def first(folder: Path, table: str) -> Path:
    return sorted((folder / table).iterdir())[0]


CLOSED: dict[str, Callable[[Path], Path]] = {
    "one part": lambda home: first(home, "runs"),
    "one part's months": lambda home: first(home, "months"),
    "a table": lambda home: home / "runs",
    "the failures": lambda home: home / "failures.jsonl",
    "the manifest": lambda home: home / "manifest.json",
}
ASKED: dict[str, Callable[[Path], Any]] = {
    "run": run,
    "status": status,
    "compact": compact,
    "rerun": lambda home: rerun(
        home, workers=0, simulate=standin.simulate, revive=World.model_validate, quiet=True
    ),
}


@pytest.mark.skipif(os.name != "posix", reason="needs users and permissions")
@pytest.mark.parametrize("what", CLOSED)
def test_without_permission_nothing_is_run_or_moved(folder: Path, what: str) -> None:
    closed = CLOSED[what](folder)
    before = contents(folder)
    mode = closed.stat().st_mode & 0o777
    closed.chmod(0o000)
    for name, command in ASKED.items():
        if what == "the failures" and name in ("compact", "rerun"):
            continue  # these do not read them
        with another_user(), pytest.raises(RequestError) as caught:
            command(folder)
        assert str(caught.value).startswith(f"cannot read {closed}: Permission denied; nothing was")
    closed.chmod(mode)
    assert contents(folder) == before


def test_too_many_open_files_are_no_damage(folder: Path) -> None:
    before = contents(folder)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        with pytest.raises(RequestError, match=r"cannot read .*Too many open files; nothing was"):
            read_runs(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert contents(folder) == before


def test_a_damaged_part_is_moved_aside_and_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = first(folder, "months")
    content = part.read_bytes()
    part.write_bytes(content[:-100])
    assert f"part {part.stem} is damaged" in str(status(folder))
    plan = Plan({"base": World(behaviour={"raise": [3]})}, 20)
    execute(plan, folder, simulate=standin.simulate, workers=0)
    assert (
        f"part {part.stem} is damaged and was moved to {folder}/aside\n" in capsys.readouterr().err
    )
    kept = folder / "aside"
    assert (kept / "months" / part.name).read_bytes() == content[:-100]
    assert (kept / "runs" / part.name).exists()
    assert part.read_bytes()[-100:] == content[-100:]  # run again
    part.write_bytes(content[:-50])
    run(folder)
    assert (kept / "months" / f"{part.stem}-2.parquet").read_bytes() == content[:-50]


def test_a_part_that_repeats_some_runs_of_another_is_kept(folder: Path, tmp_path: Path) -> None:
    home = Folder(folder)
    held = {path: read_part(home, path.stem).held[0].seeds for path in (folder / "runs").iterdir()}
    ours = next(path for path, seeds in held.items() if 1 in seeds and max(seeds) < 12)
    content = ours.read_bytes()
    run(tmp_path, "8-60")  # in wider parts, which hold some of these seeds and not all
    for path in tmp_path.rglob("*.parquet"):
        shutil.copy(path, folder / path.parent.name / path.name)
    manifest = json.loads((folder / "manifest.json").read_text()) | {"seeds": "1-60"}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert f"part {ours.stem} is not read, since some of its runs" in str(status(folder))
    assert run(folder, 60).ran == len({1, 2, 4, 5, 6, 7})
    assert (folder / "aside" / "runs" / ours.name).read_bytes() == content
    assert sorted(read_runs(folder)["seed"].unique()) == [1, 2, *range(4, 61)]


def test_a_stray_file_is_named_and_not_read(folder: Path) -> None:
    stray = folder / "runs" / "copy of results.parquet"
    shutil.copy(first(folder, "runs"), stray)
    assert "runs/copy of results.parquet is no part of the results" in str(status(folder))
    assert len(read_runs(folder)) == 2 * 19
    said: list[str] = []
    assert compact(folder, said.append) >= 1
    assert said == [
        f"{folder}: runs/copy of results.parquet is no part of the results and is not read"
    ]
    assert stray.exists()


def test_what_was_not_joined_rightly_is_not_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, 400)
    before = contents(tmp_path)
    assert len(before) > 4
    write = compacting._write_joined
    monkeypatch.setattr(
        compacting, "_write_joined", lambda file, paths, part: write(file, paths[:-1], part)
    )
    with pytest.raises(RequestError, match=r"differs from .*; no part was removed"):
        compact(tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "damaged: Expecting value"),
        ("[]", "damaged: it holds no mapping"),
        ('{"format": 1}', "damaged: model: Field required"),
        ('{"format": 1, "model": 3}', "damaged: model: Input should be a valid string"),
        ('{"format": 2}', "format 2; this version reads 1"),
        ("\x00\xff", "damaged: "),
    ],
)
def test_a_damaged_manifest_is_one_line(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="latin-1")
    for command in (status, run):
        with pytest.raises(RequestError, match=words) as caught:
            command(tmp_path)
        assert "\n" not in str(caught.value)
    assert (tmp_path / "manifest.json").read_text(encoding="latin-1") == content


def test_a_damaged_line_of_failures_counts_as_no_run(folder: Path) -> None:
    with Folder(folder).failures.open("ab") as file:
        file.write(b'{"arm": "base", "seed": "x"}\n\xff\xfe\n[1]\n{"arm"')
    assert list(read_failed(folder)["seed"]) == [3]
    assert status(folder).total("failed") == 1


def test_repeating_says_what_is_missing(folder: Path) -> None:
    assert ASKED["rerun"](folder).notes == [
        f"{folder}: 1 of 20 runs are missing or failed: not compared; `smelend status` lists them"
    ]
