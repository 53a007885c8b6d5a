"""The screen, the page and the files show the same cells, and a new table is one function."""

from __future__ import annotations

import csv
import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.apps.results_text import text_of_study
from sim.apps.table_text import PLAIN, as_text
from sim.core.names import printable
from sim.report.document import write_report
from sim.results import catalogue
from sim.results.catalogue import table, tables_of
from sim.results.folder import Results, read_results
from sim.results.table import Block, Cell, Column, Table, number, words

NAME = "<b>$x_1$ & \\y</b>"  # of a measure; would do harm if it were interpreted


def plain(text: str) -> str:
    """Return a cell as a screen shows it, whatever its signs and spaces."""
    return " ".join(text.translate(PLAIN).split())


def on_page(folder: Path, name: str) -> list[list[str]]:
    """Return the cells of a table of the page, row by row."""
    source = (folder / "report.html").read_text("utf-8")
    mine = source.partition(f'<div class="table" id="table-{name}">')[2]
    rows = re.findall(r"<tr>\s*(<td.*?)</tr>", mine.partition('<div class="table"')[0], re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[plain(html.unescape(cell)) for cell in row] for row in cells]


def on_screen(one: Table) -> list[list[str]]:
    """Return the cells of a table on a screen of any width, without empty ones."""
    lines = as_text(one, 2_000)
    found = [re.split(r" {2,}", line.strip()) for line in lines]
    return [[plain(cell) for cell in line] for line in found]


def test_every_table_has_the_same_cells_on_screen_page_and_in_its_file(studied: Path) -> None:
    every = [one for tables in tables_of(read_results(studied)).values() for one in tables]
    assert len(every) > 12
    for one in every:
        cells = [[plain(cell.text) for cell in row] for b in one.blocks for row in b.rows]
        assert on_page(studied, one.name) == cells, one.name
        with (studied / f"tables/{one.name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) == 1 + len(cells), one.name
        shown = on_screen(one)
        for row in (row for block in one.first for row in block.rows):
            expected = [plain(printable(cell.text)) for cell in row if cell.text]
            assert expected in shown, one.name


def test_the_study_on_the_screen_is_made_of_these_tables(studied: Path) -> None:
    lines = text_of_study(studied, 2_000).splitlines()
    tables = tables_of(read_results(studied))
    for place in ("outcomes", "cost", "details", "verdicts", "short"):
        for one in tables[place]:  # type: ignore[literal-required]
            wanted = as_text(one, 2_000)
            start = lines.index(wanted[0])
            assert lines[start : start + len(wanted)] == wanted


@pytest.mark.parametrize("width", [40, 80, 100])
def test_the_study_fits_the_screen(width: int, studied: Path) -> None:
    assert max(map(len, text_of_study(studied, width).splitlines())) <= width


@pytest.fixture
def planted() -> Iterator[None]:
    """Plant a table, as a file in the folder of tables would; take it out at the end."""
    before = list(catalogue.ENTRIES)

    @table("details")
    def spread(results: Results) -> Table:
        """Return the largest profit of each arm."""
        most = results.runs.groupby("arm")["profit"].max()
        rows: list[list[Cell]] = [
            [words(NAME if arm == "package" else results.title_of(str(arm))), number(x, 3)]
            for arm, x in most.items()
        ]
        columns = [Column("Arm"), Column("Largest profit, CNY", "number")]
        return Table("spread", "Largest profit", columns, [Block("", rows)])

    yield
    catalogue.ENTRIES[:] = before


@pytest.mark.usefixtures("planted")
def test_a_new_table_is_shown_everywhere(
    studied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.report.document.draw_all", lambda folder: NoFigures)
    folder = Path(shutil.copytree(studied, tmp_path / "copy"))
    write_report(folder)
    runs = read_results(folder).runs
    most = f"{runs.loc[runs['arm'] == 'package', 'profit'].max():,.3f}"
    assert [plain(NAME), plain(most)] in on_page(folder, "spread")
    assert NAME not in (folder / "report.html").read_text("utf-8")
    assert f"{NAME}  " in text_of_study(folder, 200)
    rows = list(csv.reader((folder / "tables/spread.csv").read_text("utf-8").splitlines()))
    assert rows[0] == ["Arm", "Largest profit, CNY"]
    assert NAME in [row[0] for row in rows]
    latex = (folder / "tables/spread.tex").read_text("utf-8")
    assert r"\textless{}b\textgreater{}\$x\_1\$ \& \textbackslash{}y" in latex


class NoFigures:
    """A gallery without figures."""

    drawn = ()


@pytest.mark.usefixtures("planted")
def test_two_tables_of_one_name_are_refused(studied: Path) -> None:
    @table("details")
    def again(results: Results) -> Table:
        """Return a table under the name of another."""
        return Table("spread", "Another", [Column("Arm")], [])

    with pytest.raises(ValueError, match="two tables are called 'spread'"):
        tables_of(read_results(studied))
