"""Names in figures, tables and on the screen: they are text, and each belongs to one arm."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.figure import Figure

from sim.core.errors import RequestError
from sim.report.figures import letters
from sim.report.figures.over_time import npl_and_profit
from sim.report.figures.saving import save
from sim.report.figures.style import house_style
from sim.results.wording import arm_words, plain
from sim.runs.csv_files import csv_text, read_csv
from sim.scenario.loading import load_scenario

FORGED = "a\\e[2J\\nbaseline: 30 seeds"  # as YAML writes an escape and a line break


def months(arms: list[str], banks: list[str]) -> pd.DataFrame:
    """Monthly series of two seeds."""
    rows = [
        (arm, seed, bank, month, 0.01 * seed, 100.0, 10.0 * month)
        for arm in arms for seed in (1, 2) for bank in banks for month in (1, 2, 3)
    ]  # fmt: skip
    names = ["arm", "seed", "bank", "month", "npl_ratio", "gross_loans", "profit"]
    return pd.DataFrame(rows, columns=names)


def texts(figure: Figure) -> str:
    """All text of a figure."""
    from matplotlib.text import Text

    return "\n".join(str(one.get_text()) for one in figure.findobj(Text))


@pytest.mark.parametrize("name", ["$\\foo$", "$a$", "a_b & 50% <i>", "None", "{x}^2"])
@pytest.mark.thorough
def test_a_name_is_drawn_as_it_is_written(name: str, tmp_path: Path) -> None:
    frame = months(["b", name], ["main"])
    figure, numbers = npl_and_profit(frame, "b", name, arm_words(["b", name]))
    assert name in texts(figure)
    assert len(save(figure, numbers, tmp_path, "drawn")) == 3


def test_letters_that_no_font_has_are_told_once_in_plain_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "families", lambda: [letters.USUAL])
    monkeypatch.setattr(letters, "_told", set())
    with house_style():
        figure = Figure()
        figure.suptitle("郑州分行")
    for name in ("one", "two"):
        save(figure, pd.DataFrame({"x": [1]}), tmp_path, name)
    said = capsys.readouterr().err
    assert said.startswith("figures show boxes for 郑州分行, since no installed font has these")
    assert said.count("\n") == 1


def test_an_installed_font_with_chinese_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    fonts = [SimpleNamespace(name=name) for name in ("DejaVu Sans", "SimHei", "Noto Sans CJK SC")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", fonts)
    assert letters.families.__wrapped__() == ["DejaVu Sans", "Noto Sans CJK SC"]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", fonts[:1])
    assert letters.families.__wrapped__() == ["DejaVu Sans"]


def test_banks_taken_together_are_named() -> None:
    figure, _ = npl_and_profit(months(["a", "b"], ["郑州分行", "main"]), "a", "b")
    assert "Banks taken together: 郑州分行, main." in texts(figure)
    figure, _ = npl_and_profit(months(["a", "b"], ["main"]), "a", "b")
    assert "Banks taken together" not in texts(figure)
    apart = pd.concat([months(["a"], ["x"]), months(["b"], ["y"])])
    with pytest.raises(RequestError, match="no bank is in all of the arms 'a', 'b'"):
        npl_and_profit(apart, "a", "b")


def test_titles_of_arms_are_never_the_same() -> None:
    assert arm_words(["x/a_b", "x/c"]) == {"x/a_b": "A b", "x/c": "C"}
    for arms in (["a b", "a_b", "A b"], ["x/a", "y/a"], ["base", "Base case"]):
        assert len(set(arm_words(arms).values())) == len(arms)
    assert plain("a_b & 50% <i>") == "a_b & 50% <i>"


def test_text_of_a_table_stays_text_and_is_no_formula(tmp_path: Path) -> None:
    names = ["None", "null", "NA", "1e5", "2020-01-02", "007", "=1+1", "-x", "", "true"]
    table = pd.DataFrame({"arm": names, "value": [1.5, float("nan"), *range(8)], "odd": names})
    place = tmp_path / "t.csv"
    place.write_text(csv_text(table), encoding="utf-8")
    assert not any(line.startswith(("=", "-x")) for line in place.read_text("utf-8").splitlines())
    found = read_csv(place)
    assert list(found["arm"]) == names == list(found["odd"])
    pd.testing.assert_series_equal(found["value"], table["value"])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f'name: "{FORGED}"\n', "s.yaml:1:7: name: a name must be printable text in one line"),
        ('name: "=cmd"\n', "s.yaml:1:7: name: a name must not start with ="),
        ("name: package\n", "s.yaml:1:7: name: 'package' is reserved"),
        ('banks: {"a\\tb": {}}\n', "s.yaml:1:17: banks.a.tb: a name must be printable"),
        ("banks: {base: {}}\n", "s.yaml:1:15: banks.base: 'base' is reserved"),
    ],
)
def test_a_bad_name_is_refused_at_its_line(text: str, complaint: str, tmp_path: Path) -> None:
    place = tmp_path / "s.yaml"
    place.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        load_scenario(place)
    assert complaint.replace("a.tb", "a\\tb") in str(caught.value)


def test_a_scenario_may_be_called_base(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("name: base\n")
    assert load_scenario(tmp_path / "s.yaml").name == "base"
