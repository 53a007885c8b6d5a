"""The chain of mechanism behind a claim as a section in Markdown, for a page or a README."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.table_markdown import table_markdown
from sim.results.table import Table


def chain_section(heading: str, verdict: str, tables: Sequence[Table]) -> str:
    """Return the section: its heading, the verdict on the claim, and the tables in their order."""
    return "\n".join([f"# {heading}", "", verdict, "", *map(_below, tables)]).rstrip() + "\n"


def _below(table: Table) -> str:
    """Return a table with headings one level lower than on a page of its own."""
    lines = table_markdown(table).splitlines()
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in lines) + "\n"
