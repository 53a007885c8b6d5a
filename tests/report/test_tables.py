"""Tables as files: every digit in CSV, every special letter escaped in LaTeX."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest

from sim.report.latex import as_latex, escaped
from sim.report.table_csv import as_csv
from sim.results.table import (
    Block,
    Cell,
    Column,
    Table,
    ends,
    estimate,
    number,
    stored,
    words,
)

TABLE = Table(
    "profit",
    "Profit & loss_1, 100 %",
    (
        Column("What"),
        Column("CNY million", "number"),
        Column("95 % interval", "interval"),
    ),
    [
        Block("R&D #1", [[words('a_b, "c"'), number(-1234.56789, 1), ends(-2.0, 1.0 / 3.0, 1)]]),
        Block("Others", [[words("[x]"), Cell("\N{EN DASH}"), ends(float("nan"), 1.0, 1)]]),
    ],
    "~ $5 ^ 6 {x} \\ <y>",
)


def test_csv_holds_every_digit_and_says_each_end_of_an_interval() -> None:
    rows = pd.read_csv(io.StringIO(as_csv(TABLE)))
    assert list(rows.columns) == [
        "Group", "What", "CNY million", "95 % interval, low", "95 % interval, high",
    ]  # fmt: skip
    assert rows.iloc[0].tolist() == [
        "R&D #1", 'a_b, "c"', pytest.approx(-1234.56789, abs=1e-9), -2.0,
        pytest.approx(1 / 3, rel=1e-9),
    ]  # fmt: skip
    assert rows.iloc[1].isna().tolist() == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50 % & more", r"50 \% \& more"),
        ("a_b#c", r"a\_b\#c"),
        ("$5 {x}", r"\$5 \{x\}"),
        ("~^\\", r"\textasciitilde{}\textasciicircum{}\textbackslash{}"),
        ("two\nlines", "two lines"),
        ("\N{MINUS SIGN}3 \N{EN DASH} [1]", "$-$3 -- {[}1{]}"),
        ("<a>|b", r"\textless{}a\textgreater{}\textbar{}b"),
    ],
)
def test_latex_prints_what_is_there(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_a_latex_table_has_as_many_cells_in_each_row() -> None:
    text = as_latex(TABLE)
    assert text.count("\\begin{longtable}{lrr}") == text.count("\\end{longtable}") == 1
    rows = [line for line in text.splitlines() if line.endswith(" \\\\")]
    cells = [len(re.findall(r"(?<!\\)&", row)) + 1 for row in rows if "multicolumn" not in row]
    assert cells == [3, 3, 3]
    assert r"\caption{Profit \& loss\_1, 100 \%}" in text
    assert "$-$1,234.6 & {[}$-$2.0, 0.3{]}" in text


def test_no_file_of_a_report_lets_a_special_letter_through(studied: Path) -> None:
    files = sorted((studied / "tables").glob("*.tex"))
    assert len(files) > 8
    for file in files:
        body = "\n".join(file.read_text("utf-8").splitlines()[2:])
        bare = re.sub(r"\\[%&#_${}]|\\[a-z]+|\\\\", "", body)
        assert not re.findall(r"[%#_~^\\<>|\"]", bare), file.name
        assert bare.count("{") == bare.count("}"), file.name
        assert set(re.findall(r"\$.*?\$", bare)) <= {"$-$", "$$"}, file.name


def test_a_number_is_shown_as_finely_as_it_is_known() -> None:
    value, interval = estimate(-1.23456, -1.5, -0.96912)
    assert (value.text, interval.text) == (
        "\N{MINUS SIGN}1.23",
        "[\N{MINUS SIGN}1.50, \N{MINUS SIGN}0.97]",
    )
    assert (value.values, interval.values) == ((-1.23456,), (-1.5, -0.96912))
    row = {"cost": 0.012, "low": 0.011, "high": 0.013}
    value, interval = stored(row, "cost", 100.0, sign=True)
    assert (value.text, interval.text) == ("+1.20", "[+1.10, +1.30]")
    assert number(float("nan"), 2).text == "\N{EN DASH}"
