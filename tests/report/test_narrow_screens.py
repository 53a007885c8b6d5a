"""On a narrow screen the column that matters comes first, and a table says that it scrolls."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.report.document import laid_out
from sim.report.page import page_of
from sim.results.folder import read_results
from sim.results.table import Column, Table, estimates

WORDS, VERDICT = Column("Claim"), Column("Verdict", "verdict")


@pytest.mark.parametrize(
    ("columns", "at"),
    [
        ([WORDS, Column("Base", "number"), *estimates("Difference"), VERDICT], 2),
        ([WORDS, Column("Before"), Column("After"), VERDICT], 3),
        ([WORDS, VERDICT, *estimates("Difference")], None),
        ([WORDS, *estimates("Change: profit, CNY million")], None),
        ([WORDS], None),
        ([WORDS, Column("Different", "number"), Column("Other", "number")], None),
    ],
)
def test_a_change_matters_most_then_a_verdict(columns: list[Column], at: int | None) -> None:
    assert Table("t", "t", columns, []).matters == at


def test_the_page_marks_that_column_and_says_that_a_table_scrolls(compared: Path) -> None:
    page = page_of(read_results(compared), [])
    (table, *_) = page.sections["outcomes"]
    assert table.matters is not None
    text = laid_out(page)
    assert f'data-matters="{table.matters}"' in text
    assert "swipe the table sideways" in text
