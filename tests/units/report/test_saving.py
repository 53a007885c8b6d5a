"""A figure is saved whole, picture and numbers together, or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.report.figures.over_time import npl_and_profit
from sim.report.figures.saving import save


def test_the_three_files_hold_the_figure_and_its_numbers(
    months: pd.DataFrame, tmp_path: Path
) -> None:
    figure, frame = npl_and_profit(months, "base", "new")
    png, svg, csv = save(figure, frame, tmp_path / "results" / "zhengzhou", "over_time")
    assert png.read_bytes().startswith(b"\x89PNG\r\n")
    assert "<svg" in svg.read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(pd.read_csv(csv), frame, rtol=1e-9)
    left = sorted(path.name for path in (tmp_path / "results" / "zhengzhou").iterdir())
    assert left == ["over_time.csv", "over_time.png", "over_time.svg"]


def test_the_same_figure_gives_the_same_files(months: pd.DataFrame, tmp_path: Path) -> None:
    first, second = (
        save(*npl_and_profit(months, "base", "new"), tmp_path / name, "figure") for name in "ab"
    )
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_failure_leaves_the_former_figure_untouched(
    months: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure, frame = npl_and_profit(months, "base", "new")
    former = {path: path.read_bytes() for path in save(figure, frame, tmp_path, "figure")}

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full_disk)
    figure.suptitle("changed")
    with pytest.raises(RequestError, match="No space left"):
        save(figure, frame, tmp_path, "figure")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == former


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden"])
def test_a_name_that_is_no_file_name_is_refused(
    months: pd.DataFrame, tmp_path: Path, name: str
) -> None:
    with pytest.raises(RequestError, match=re.escape(f"'{name}' is no name")):
        save(*npl_and_profit(months, "base", "new"), tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_refused(months: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(RequestError, match="cannot write"):
        save(*npl_and_profit(months, "base", "new"), tmp_path / "taken", "figure")
