"""The tests of a file stay on one worker, so that what they share is made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workers import COMPARED, LONG, REPORT, group_of, rank

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """Make a file where every worker of this run would; it cannot be made twice."""
    folder = tmp_path_factory.getbasetemp()
    path = (folder.parent if folder.name.startswith("popen-") else folder) / f"once-{testrun_uid}"
    path.touch(exist_ok=False)
    return path


@pytest.mark.parametrize("turn", range(6))
def test_what_a_file_shares_is_made_once(made: Path, turn: int) -> None:
    assert made.exists()


def test_a_group_is_a_file_or_a_folder_whose_files_share_results() -> None:
    assert group_of("tests/runs/test_plan.py::test_it[a::b]") == "tests/runs/test_plan.py"
    assert group_of("tests/report/test_names.py::test_it") == REPORT
    assert group_of("tests/apps/compared/test_numbers.py::test_it") == COMPARED
    assert rank("tests/report/test_names.py::test_it") == LONG.index(REPORT)
    assert rank("tests/runs/test_plan.py::test_it") == len(LONG)


def test_what_is_said_to_take_long_is_there() -> None:
    assert [one for one in LONG if not (ROOT / one).exists()] == []
