"""Blocks of a page that a program writes, so that no figure in it is copied by hand.

A block stands between two comments, `<!-- NAME: made by COMMAND -->` and `<!-- end of NAME -->`;
the command, run in the folder of the checkout, writes all between them again.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from experiments.remaking.keeping import keep_text

ROOT = Path(__file__).parents[1]


class Block(NamedTuple):
    """A block of a page, by the path of the page from the checkout's folder."""

    page: str
    name: str
    command: str


def row(cells: Iterable[Any]) -> str:
    """Return one line of a table in Markdown."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    """Return a table in Markdown, the first column to the left and the others to the right."""
    names = list(head)
    return "\n".join([row(names), row(["---", *["---:"] * (len(names) - 1)]), *map(row, rows)])


def text_in(block: Block) -> str:
    """Return what a block holds now; raises `ValueError` where the page has no such block."""
    return _place(block)[0]


def write_block(block: Block, text: str) -> None:
    """Replace what a block of a page holds; raises `ValueError` where there is no such block."""
    _, begin, end, page = _place(block)
    keep_text(ROOT / block.page, f"{page[:begin]}{text.strip()}{page[end:]}")


def words_of(block: Block) -> list[str]:
    """Return the module that makes a block, and the words after it."""
    words = shlex.split(block.command)
    if words[:2] != ["python", "-m"]:
        raise ValueError(f"{block.name}: a block is made by python -m, not by {block.command}")
    return words[2:]


def _place(block: Block) -> tuple[str, int, int, str]:
    """Return a block's text, where it begins and ends, and the page."""
    page = (ROOT / block.page).read_text("utf-8")
    name = re.escape(block.name)
    first = re.escape(f"<!-- {block.name}: made by {block.command} -->")
    found = re.search(rf"{first}\n\n(.*?)\n\n<!-- end of {name} -->", page, re.DOTALL)
    if found is None:
        raise ValueError(
            f"{block.page} has no block from '<!-- {block.name}: made by {block.command} -->' to "
            f"'<!-- end of {block.name} -->'"
        )
    return found.group(1), found.start(1), found.end(1), page
