"""`smelend study`: a thesis put to the test, from its file to a table of verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.options import Dask, NoCheck, Out, Quiet, RetryFailed, Workers
from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.outcome import Outcome
    from sim.runs.plan import Plan


def study(
    file: Annotated[Path, typer.Argument(metavar="STUDY.yaml", help="A study's file.")],
    quick: Annotated[
        bool, typer.Option("--quick", help="A first look on the few seeds that the file names.")
    ] = False,
    seeds: Annotated[
        int | None,
        typer.Option("--seeds", metavar="N", help="So many seeds. [default: until precise]"),
    ] = None,
    workers: Workers = None,
    dask: Dask = None,
    out: Out = None,
    quiet: Quiet = False,
    no_check: NoCheck = False,
    retry_failed: RetryFailed = False,
) -> None:
    """Put a thesis to the test.

    Runs base, measures and their combinations on the same seeds, and ends with a verdict on each
    claim.  Without --quick or --seeds, seeds are added until a precision set in the file is met.
    """
    from sim.analysis.study.conduct import conduct
    from sim.apps.batch import How, list_written, run_folder, status_of
    from sim.apps.layout import screen_width
    from sim.apps.study_files import save_study
    from sim.apps.study_text import told
    from sim.runs.reading import read_months, read_runs
    from sim.scenario.study import load_study

    if quick and seeds is not None:
        raise RequestError("give either --quick or --seeds, not both")
    if seeds is not None and seeds < 2:
        raise RequestError(f"--seeds {seeds}: a study needs at least 2 seeds for an interval")
    asked = load_study(file)
    folder = out or Path("results", asked.name, "quick" if quick else "study")
    how = How(workers, dask, quiet, check=not no_check, retry_failed=retry_failed)
    ended: dict[str, Outcome] = {}  # the last of each folder

    def carry_out(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        home = folder / name
        outcome = how.carry_out(plan, home)
        ended[name] = outcome
        if not outcome.done:
            status_of(outcome)
            raise RequestError(f"{home}: all runs failed; see failures.jsonl there")
        return read_runs(home), read_months(home)

    findings = conduct(asked, carry_out, quick=quick, seeds=seeds)
    text = told(findings, screen_width())
    if not quiet:
        print(f"{text}\n")
    list_written(save_study(findings, text, folder) | run_folder(folder), screen_width())
    raise typer.Exit(max(status_of(outcome) for outcome in ended.values()))
