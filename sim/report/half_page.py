"""The half page as files of its own: Markdown in English, and a page in Chinese."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

from sim.results.half_page.numbers import Line

MARKDOWN, CHINESE = "half_page.md", "report.zh.html"  # in the folder of the results
REST = "完整报告\uff08英文\uff09"  # what the Chinese page calls the report
WIDTH = 100


def as_markdown(title: str, lines: Sequence[Line]) -> str:
    """Return the half page as Markdown: a heading, then a paragraph per point."""
    found = [f"# {_plain(' '.join(title.split()))}"]
    for line in lines:
        first, *rest = _plain(line.text).split("\n")
        for text in (f"**{line.heading}.** {first}", *rest):
            found += ["", textwrap.fill(text, WIDTH, break_on_hyphens=False)]
    return "\n".join(found) + "\n"


def _plain(text: str) -> str:
    """Return a text as Markdown shows it: users may write marks of emphasis, code or HTML."""
    return re.sub(r"([\\`*])", r"\\\1", text).replace("<", "&lt;")


def files_of(folder: Path) -> list[Path]:
    """Return the places of the two files in a folder of results."""
    return [folder / MARKDOWN, folder / CHINESE]
