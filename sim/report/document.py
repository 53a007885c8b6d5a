"""The report: one self-contained page that works offline.

A content security policy enforces this: it allows only the page's own style and script, by their
hashes, and embedded images.  All text from a folder is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.report import half_page
from sim.report.figures.gallery import Drawn, draw_all
from sim.report.page import Page, page_of
from sim.report.pictures import pictures_of
from sim.report.table_files import save_tables, write
from sim.results.folder import Results, read_results
from sim.results.half_page import chinese
from sim.results.half_page.facts import Facts, facts_of
from sim.results.table import Block
from sim.results.wording import plain
from sim.runs.layout import refused

if TYPE_CHECKING:
    from jinja2 import Environment

NAME = "report.html"
MAIN_FIGURES = ("attribution", "risk_and_return")  # figures by which banks are compared, best first


class Report(NamedTuple):
    """Paths of the page, its tables and figures, and whether the folder holds all runs."""

    page: Path
    tables_at: Path
    figures: tuple[Drawn, ...]
    complete: bool
    banks: tuple[Report, ...] = ()  # in a study over several banks, each bank's own report


def write_report(folder: str | Path) -> Report:
    """Write the report of a folder of `run`, `compare` or `study` into it.

    The same folder gives the same page.  A study over several banks has one page for all, and one
    in the folder of each bank.  Raises `RequestError` for a folder that is no results folder or
    cannot be written.
    """
    return _written(read_results(folder))


def _written(results: Results) -> Report:
    banks = tuple(_written(bank) for bank in results.banks)
    figures = _main_figures(banks) if banks else draw_all(results.folder).drawn
    page = page_of(results, pictures_of(figures))
    tables = save_tables(page.all_tables, results.folder)
    place = results.folder / NAME
    write(place, laid_out(page))
    _write_half_page(results, page)
    return Report(place, tables, tuple(figures), page.completeness.complete, banks)


def _write_half_page(results: Results, page: Page) -> None:
    """Write the half page as Markdown and in Chinese; delete those of an earlier report."""
    facts = facts_of(results)
    markdown, other = half_page.files_of(results.folder)
    if facts is None:
        with refused(markdown):
            markdown.unlink(missing_ok=True)
            other.unlink(missing_ok=True)
        return
    write(markdown, half_page.as_markdown(page.title, page.half_page))
    write(other, in_chinese(facts))


def in_chinese(facts: Facts) -> str:
    """Return the half page in Chinese as HTML, with a link to the report."""
    from markupsafe import Markup

    environment = _environment()
    style = _source(environment, "report.css")
    return environment.get_template("half_page.html.j2").render(
        language="zh-CN", title=chinese.heading(facts.bank, facts.asked, facts.own),
        note=half_page.REST, lines=chinese.half_page(facts), style=Markup(style),
        policy=_policy(style, ""),
    )  # fmt: skip


def laid_out(page: Page) -> str:
    """Return a page as HTML."""
    from markupsafe import Markup

    environment = _environment()
    style, script = (_source(environment, name) for name in ("report.css", "report.js"))
    return environment.get_template("report.html.j2").render(
        page=page, style=Markup(style), script=Markup(script), policy=_policy(style, script)
    )


def _main_figures(banks: Sequence[Report]) -> list[Drawn]:
    """Return one figure per bank for comparing banks, with the bank's name in the title."""
    shown = []
    for bank in banks:
        figure = next((one for one in bank.figures if one.name in MAIN_FIGURES), None)
        if figure is not None:
            shown.append(replace(figure, title=f"{plain(bank.page.parent.name)}: {figure.title}"))
    return shown


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("sim.report"), autoescape=True, undefined=StrictUndefined,
        keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters |= {
        "digits": _digits,
        "slug": _slug,
        "typeset": _typeset,
        "sum_rows": _rows,
    }
    return environment


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    text = environment.loader.get_source(environment, name)[0]
    if "</" in text:
        raise ValueError(f"{name} contains '</', which would end its element")
    return text


def _policy(style: str, script: str) -> str:
    """Return the content security policy: nothing is loaded from outside the page."""
    return (
        f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _digits(value: float) -> str:
    """Return a number as text for sorting."""
    return f"{value:.10g}"


def _rows(blocks: Sequence[Block]) -> int:
    """Return the number of rows in blocks of a table."""
    return sum(len(block.rows) for block in blocks)


def _slug(text: str) -> str:
    """Return a text as a CSS class name."""
    return re.sub(r"[^a-z]+", "-", text.lower()).strip("-")


def _typeset(text: str) -> str:
    """Return a text with true minus signs, and no line break between number and unit."""
    text = re.sub(r"(?<![\w-])-(?=\d)", "\N{MINUS SIGN}", text)
    text = re.sub(r"(?<=\d) (?=%)|(?<=CNY) (?=\d)", "\N{NO-BREAK SPACE}", text)
    return re.sub(r"(\[[^\[\]]{1,30}), (?=[^\[\]]{1,30}\])", "\\1,\N{NO-BREAK SPACE}", text)
