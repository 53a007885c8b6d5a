"""`smelend replicate`: findings of the field, and what the model gives for the same question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.options import Dask, Keep, Out, Quick, Quiet, RetryFailed, Workers
from sim.apps.written_page import refuse_part, write_page

if TYPE_CHECKING:
    from sim.analysis.field import Replicated
    from sim.results.table import Table


def replicate(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A finding's name. [default: all]")
    ] = None,
    quick: Quick = False,
    workers: Workers = None,
    dask: Dask = None,
    out: Out = None,
    keep: Keep = None,
    quiet: Quiet = False,
    retry_failed: RetryFailed = False,
) -> None:
    """Hold the model against findings of the field.

    Each file of experiments/field has the numbers of one source, the role of each, and the arms
    in which the model is asked for them; it agrees where the intervals overlap, by the rule on the
    page.  Without NAME, the page and its table are written too.  A repeated command continues
    where it stopped.
    """
    from sim.analysis.field import replicate as replicated
    from sim.analysis.field.near_cut_off import near_cut_off
    from sim.apps.asking import asked
    from sim.apps.batch import How, list_written, status_of
    from sim.apps.layout import screen_width
    from sim.apps.study_files import keep_copies
    from sim.apps.table_text import as_text

    refuse_part(name, keep, "findings")
    folder = out or Path("results", "field", "quick" if quick else "full")
    how = How(workers, dask, quiet, True, retry_failed, asked(context), near_cut_off)
    carrier = how.carrier(folder)
    found = replicated((name,) if name is not None else (), quick, carry_out=carrier)
    table = _table(found, "smelend replicate --quick" if quick else "smelend replicate")
    written: dict[Path | str, str] = {
        f"{folder / one.study.name}/": one.study.content.title for one in found if one.study.arms
    }
    if name is None:
        files = _page_of(found, table, folder)
        written = files | written
        if keep is not None:
            written |= keep_copies(files, keep)
    list_written(written, screen_width())
    if not quiet:
        print("\n" + "\n".join(as_text(table, screen_width())))
    raise typer.Exit(max((status_of(outcome) for outcome in carrier.ended.values()), default=0))


def _table(found: list[Replicated], command: str) -> Table:
    from sim.analysis.field.page import introduction
    from sim.results.replications import replications_table

    blocks = {one.study.content.title: one.table for one in found}
    return replications_table(blocks, introduction(found, command))


def _page_of(found: list[Replicated], table: Table, folder: Path) -> dict[Path | str, str]:
    """Write the page and its table; return their paths and what each holds."""
    import pandas as pd

    from sim.analysis.field.page import after_table
    from sim.report.table_markdown import table_markdown
    from sim.runs.csv_files import csv_text

    rows = pd.concat([one.table for one in found], ignore_index=True)
    texts = {
        "field.md": (table_markdown(table) + "\n" + after_table(found), "the page"),
        "field.csv": (csv_text(rows, "%.6g"), "each finding with its verdict"),
    }
    return write_page(texts, folder)
