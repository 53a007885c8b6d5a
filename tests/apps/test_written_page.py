"""A command's page and tables: written to one folder, or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.apps.written_page import refuse_part, write_page
from sim.core.errors import RequestError
from tests.apps.command import Smelend

TEXTS = {"a.md": ("the text", "the page"), "a.csv": ("1,2\n", "the table")}


def test_each_file_holds_its_text_and_is_listed_with_what_it_holds(tmp_path: Path) -> None:
    home = tmp_path / "one" / "two"
    assert write_page(TEXTS, home) == {home / "a.md": "the page", home / "a.csv": "the table"}
    assert {path.name: path.read_text("utf-8") for path in home.iterdir()} == {
        name: text for name, (text, _) in TEXTS.items()
    }


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(RequestError, match=r"cannot write to .*file"):
        write_page(TEXTS, tmp_path / "file")


def test_copies_of_a_part_are_refused() -> None:
    with pytest.raises(RequestError, match="the page of all findings; leave out the name"):
        refuse_part("gietzen", Path("kept"), "findings")
    refuse_part(None, Path("kept"), "findings")
    refuse_part("gietzen", None, "findings")


@pytest.mark.parametrize(
    ("command", "name"), [("literature", "hierarchy"), ("replicate", "gietzen")]
)
def test_both_commands_refuse_copies_of_a_part(
    command: str, name: str, tmp_path: Path, smelend: Smelend
) -> None:
    said = smelend(command, name, "--keep", str(tmp_path))
    assert said.status == 2
    assert "leave out the name or --keep" in said.err
