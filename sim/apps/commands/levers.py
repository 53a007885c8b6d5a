"""`smelend levers`: what each lever of a bank does to its process and to the outcomes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.options import (
    Dask,
    Keep,
    Out,
    Plugins,
    Quiet,
    RetryFailed,
    Set,
    Workers,
    read_seeds,
    read_settings,
)
from sim.apps.written_page import write_page
from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

USUAL_SEEDS = "12"


def levers(
    context: typer.Context,
    scenario: Annotated[
        Path, typer.Argument(metavar="[BANK|SCENARIO]", help="A bank such as qn, or a scenario.")
    ] = Path("baseline"),
    seeds: Annotated[
        str, typer.Option("--seeds", metavar="N|A..B", help="Seeds 1 to N, or A to B.")
    ] = USUAL_SEEDS,
    only: Annotated[
        str, typer.Option("--only", metavar="GLOB", help="Only levers such as 'monitoring.*'.")
    ] = "*",
    set_: Set = None,
    workers: Workers = None,
    dask: Dask = None,
    out: Out = None,
    keep: Keep = None,
    quiet: Quiet = False,
    retry_failed: RetryFailed = False,
    plugin: Plugins = None,
) -> None:
    """Pull each lever of a bank to its extremes.

    Each has a process of its own, which must answer; the effect on default, bad loans, profit,
    credit to good firms and cost is shown beside it.  A lever that moves no process is a defect,
    and so is one that moves an outcome while its process stays.  A repeated command continues
    where it stopped.
    """
    from sim.analysis.levers.measured import DEFECTS, measure_levers
    from sim.analysis.levers.observed import observe
    from sim.apps.asking import asked
    from sim.apps.batch import How, list_written, status_of
    from sim.apps.layout import screen_width
    from sim.apps.study_files import keep_copies
    from sim.runs.seeds import read_seeds as listed
    from sim.scenario.loading import load_scenario

    chosen = load_scenario(_file_of(scenario), read_settings(set_) or None)
    home = out or Path("results", "levers", chosen.name)
    how = How(workers, dask, quiet, True, retry_failed, asked(context), observe)
    carrier = how.carrier(home / "runs_of_levers")
    found = measure_levers(chosen, listed(read_seeds(seeds)), carrier, only)
    files = save(found, home)
    if keep is not None:
        files |= keep_copies(files, keep)
    list_written(files, screen_width())
    for _, row in found[found["verdict"].isin(DEFECTS)].iterrows():
        print(f"{row['lever']}: {row['verdict']}", file=sys.stderr)
    raise typer.Exit(max(map(status_of, carrier.ended.values())))


def _file_of(scenario: Path) -> Path:
    """Return the scenario that a bank's name stands for, else what was given."""
    from sim.core.shipped import located

    try:
        return located(scenario, "scenario")
    except RequestError:
        return located(scenario / "baseline", "scenario")


def save(found: pd.DataFrame, folder: Path) -> dict[Path | str, str]:
    """Write the table as CSV and as Markdown; return the paths and what each holds."""
    from sim.report.table_markdown import table_markdown
    from sim.results.lever_table import lever_table
    from sim.runs.csv_files import csv_text

    texts = {
        "levers.csv": (csv_text(found, "%.6g"), "each lever at its extremes"),
        "levers.md": (table_markdown(lever_table(found)), "the same as a page"),
    }
    return write_page(texts, folder)
