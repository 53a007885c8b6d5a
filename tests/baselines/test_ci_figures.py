"""The figures of a change are laid beside those that landed last."""

from __future__ import annotations

from pathlib import Path

from tests.baselines.ci_figures import HOME, beside, read, seconds_by_folder, write


def test_figures_stand_side_by_side_and_survive_the_file(tmp_path: Path) -> None:
    write({"one, s": 1.5, "two": 2.0}, tmp_path / "figures.csv")
    before = read(tmp_path / "figures.csv")
    assert before == {"one, s": 1.5, "two": 2.0}
    lines = [line.rsplit(maxsplit=2) for line in beside({"one, s": 3.0, "new": 4.0}, before)]
    assert lines[1:] == [["one, s", "3", "1.5"], ["new", "4", "-"], ["two", "-", "2"]]
    assert read(tmp_path / "none.csv") == {}
    assert read(HOME)


def test_seconds_are_added_up_by_folder(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        "<testsuites><testsuite>"
        '<testcase classname="tests.model.test_a" time="1.5"/>'
        '<testcase classname="tests.model.test_b" time="0.5"/>'
        '<testcase classname="tests.units.core.test_c" time="0.25"/>'
        "</testsuite></testsuites>"
    )
    assert seconds_by_folder(report) == {"tests of model, s": 2.0, "tests of units, s": 0.25}
