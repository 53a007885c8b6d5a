"""Blocks of pages are there, hold the tables that their programs make, and are replaced whole."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from experiments import in_page, npl_by_kind, stress, two_borrowers, wenzhou
from experiments.in_page import ROOT, Block, table, text_in, words_of, write_block
from experiments.remaking.plan import PLAN

HEADS = {
    stress.BLOCKS[0]: stress.COLUMNS,
    stress.BLOCKS[1]: stress.BESIDE,
    wenzhou.BLOCK: wenzhou.COLUMNS,
}
ALL = (
    *HEADS, *npl_by_kind.BLOCKS_OF_PAGE, *two_borrowers.BLOCKS.values(),
)  # fmt: skip


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.name)
def test_each_page_has_its_block_and_a_table_in_it(block: Block) -> None:
    assert re.search(r"^\| .* \|$", text_in(block), re.MULTILINE)
    module, *words = words_of(block)
    assert callable(importlib.import_module(module).main)
    assert words[-1] == "--write"


@pytest.mark.parametrize("block", HEADS, ids=lambda block: block.name)
def test_a_block_has_the_columns_that_its_program_writes(block: Block) -> None:
    assert text_in(block).startswith(table(HEADS[block], []))


def test_no_page_has_a_block_that_no_program_here_makes() -> None:
    pages = [*(ROOT / "docs").glob("*.md"), *(ROOT / "experiments").glob("*.md")]
    found = {
        (page.relative_to(ROOT).as_posix(), name)
        for page in pages
        for name in re.findall(r"<!-- (.*): made by ", page.read_text("utf-8"))
    }
    assert found == {(block.page, block.name) for block in ALL}
    writing = {step.text for step in PLAN.values() if step.words[-1:] == ("--write",)}
    assert writing == {block.command for block in ALL}


def test_a_block_is_replaced_and_the_rest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_page, "ROOT", tmp_path)
    block = Block("a.md", "sums", "python -m a --write")
    page = (
        "before\n\n<!-- sums: made by python -m a --write -->\n\n{}\n\n<!-- end of sums -->\nafter"
    )
    (tmp_path / "a.md").write_text(page.format("old\n\nolder"), "utf-8")
    write_block(block, "\nnew\n")
    assert (tmp_path / "a.md").read_text("utf-8") == page.format("new")
    assert text_in(block) == "new"
    with pytest.raises(ValueError, match="has no block from '<!-- others"):
        write_block(block._replace(name="others"), "new")
    with pytest.raises(ValueError, match="made by python -m"):
        words_of(block._replace(command="make"))
