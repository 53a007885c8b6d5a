"""Folders in trouble: damaged, incomplete, closed, or without workers that can start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import standin
from executing import SEEDS, World, run
from folders import assert_equal, environment

from sim.core.errors import RequestError
from sim.runs.reading import read_months
from sim.runs.status import status


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("table", ["runs", "months"])
@pytest.mark.parametrize("damage", [cut_short, flip])
def test_a_damaged_part_is_noticed_and_run_again(
    tmp_path: Path, reference: Path, table: str, damage: Callable[[Path], None]
) -> None:
    log = tmp_path / "log"
    folder = tmp_path / "out"
    worlds = {"base": World(behaviour={"log": str(log)})}
    run(folder, SEEDS, worlds)
    log.unlink()
    part = sorted((folder / table).iterdir())[1]
    damage(part)
    state = status(folder)
    assert state.damaged == 1
    outcome = run(folder, SEEDS, worlds)
    assert outcome.ran == state.total("missing") > 0
    assert [seeds for _, seeds, _ in standin.ran(log)] == [
        tuple(sorted(state.arms["base"].missing))
    ]
    assert_equal(folder, reference)


@pytest.mark.parametrize(("table", "damaged"), [("runs", 0), ("months", 1)])
def test_a_part_that_lacks_a_file_is_run_again(
    tmp_path: Path, reference: Path, table: str, damaged: int
) -> None:
    run(tmp_path)
    sorted((tmp_path / table).iterdir())[1].unlink()
    state = status(tmp_path)
    # without its runs it was never finished; without its months it has been
    assert state.damaged == damaged
    assert len(read_months(tmp_path)) == 6 * state.total("done") < 6 * SEEDS
    assert run(tmp_path).ran == state.total("missing")
    assert_equal(tmp_path, reference)


def test_a_folder_that_cannot_be_made_is_one_clear_message(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match=r"cannot write .*file/out: Not a directory; choose"):
        run(tmp_path / "file" / "out")


def test_a_folder_without_permission_is_one_clear_message(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    if os.access(closed, os.W_OK):  # root writes anywhere, so another user must try
        if os.name != "posix" or os.getuid() != 0:
            pytest.skip("permissions are not enforced here")
        order = (
            "import os, sys\n"
            "from sim.core.errors import RequestError\n"
            "from sim.runs.layout import Folder\n"
            "os.setuid(65534)\n"
            "try: Folder(sys.argv[1]).make()\n"
            "except RequestError as error: print(error)"
        )
        text = subprocess.run(
            [sys.executable, "-c", order, str(closed / "out")],
            env=environment(), capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert text.startswith(f"cannot write {closed}/out: Permission denied; choose another")
        return
    with pytest.raises(RequestError, match="Permission denied; choose another folder"):
        run(closed / "out")


def test_parts_without_a_manifest_are_refused(tmp_path: Path) -> None:
    run(tmp_path, 5)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(RequestError, match=r"holds parts but no manifest.json"):
        run(tmp_path, 5)


@pytest.mark.thorough
def test_workers_that_cannot_start_are_told_before_any_run(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import standin\n"
        "from sim.runs.execute import execute\n"
        "from sim.runs.plan import Plan\n"
        f"execute(Plan({{'base': standin.World()}}, 9), {str(tmp_path / 'out')!r}, workers=2)\n"
    )
    text = subprocess.run(
        [sys.executable, str(script)],
        env=environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert text.returncode != 0
    assert "needs `if __name__ == '__main__':` around it" in text.stderr
    assert status(tmp_path / "out").total("missing") == 9
