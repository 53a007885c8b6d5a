"""`smelend study`: test the claims of a thesis, from the study file to a table of verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.apps.options import Dask, NoCheck, Out, Quiet, RetryFailed, Workers
from sim.core.errors import RequestError
from sim.core.shipped import located

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.study.conduct import CarryOut
    from sim.apps.batch import How
    from sim.runs.outcome import Outcome
    from sim.runs.plan import Plan


def study(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="STUDY...", help="Studies: files or names.")
    ],
    quick: Annotated[
        bool, typer.Option("--quick", help="A first look on the few seeds set in the file.")
    ] = False,
    seeds: Annotated[
        int | None,
        typer.Option("--seeds", metavar="N", help="Number of seeds. [default: until precise]"),
    ] = None,
    workers: Workers = None,
    dask: Dask = None,
    out: Out = None,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help="Also copy text, tables and figures to DIR."),
    ] = None,
    quiet: Quiet = False,
    no_check: NoCheck = False,
    retry_failed: RetryFailed = False,
) -> None:
    """Test the claims of a thesis.

    Run base, measures and their combinations on the same seeds, and write a verdict on each claim
    and a report.  Without --quick or --seeds, seeds are added until the precision set in the file
    is reached.  A file that names several studies runs the same measures in each of their banks.
    """
    from sim.apps.asking import asked
    from sim.apps.batch import How

    if quick and seeds is not None:
        raise RequestError("give either --quick or --seeds, not both")
    if seeds is not None and seeds < 2:
        raise RequestError(f"--seeds {seeds}: a study needs at least 2 seeds for an interval")
    if out is not None and len(files) > 1:
        raise RequestError("--out is the folder of one study; leave it out, or give one file")
    how = How(workers, dask, quiet, not no_check, retry_failed, asked(context))
    ends = []
    for file in [located(file, "study") for file in files]:
        folder = out or Path("results", file.stem, "quick" if quick else "study")
        ends.append(_one(file, folder, how, quick, seeds, keep))
    raise typer.Exit(max(ends))


def _one(
    file: Path, folder: Path, how: How, quick: bool, seeds: int | None, keep: Path | None
) -> int:
    """Run one study, print its text, and return the exit status."""
    from sim.apps.batch import list_written, report_of, run_folder, status_of
    from sim.apps.layout import screen_width
    from sim.apps.results_text import text_of_study
    from sim.apps.study_files import keep_copies, save_text
    from sim.report.figures.gallery import FOLDER
    from sim.runs.reading import read_months, read_runs

    ended: dict[str, Outcome] = {}  # the last outcome of each folder
    scenarios: dict[str, dict[str, Any]] = {}  # of each folder, by arm
    question = _question(file, how, quick)

    def carry_out(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        home = folder / name
        outcome = question(name).carry_out(plan, home)
        ended[name] = outcome
        scenarios.setdefault(name, {}).update(plan.arms)
        if not outcome.done:
            status_of(outcome)
            raise RequestError(f"{home}: all runs failed; see failures.jsonl there")
        return read_runs(home), read_months(home)

    written = _saved(file, carry_out, folder, quick, seeds)
    text = text_of_study(folder, screen_width())
    written |= save_text(text, folder)
    for home, arms in _studied(folder, scenarios).items():
        how.keep_detail(arms, home)
    reported = report_of(folder)
    if keep is not None:
        place = keep / file.stem / ("quick" if quick else "study")
        reported |= keep_copies([*written, folder / FOLDER], place)
    runs = run_folder(folder if "" in ended else folder / "BANK")
    list_written(written | reported | runs, screen_width())
    if not how.quiet:  # last, so that the summary is what remains on the screen
        print(f"\n{text}")
    return max(status_of(outcome) for outcome in ended.values())


def _question(file: Path, how: How, quick: bool) -> Callable[[str], How]:
    """Return the settings for running a folder of the study; they record the study's question."""
    from sim.analysis.study.account import account_of
    from sim.scenario.reading import read_file
    from sim.scenario.several import is_several, load_several
    from sim.scenario.study import load_study

    if not is_several(read_file(file)):
        one = replace(how, asked={**how.asked, "study": account_of(load_study(file))})
        return lambda name: one
    many = load_several(file, quick)
    banks = list(many.studies)

    def of_bank(name: str) -> How:
        bank = name.partition("/")[0]
        request = {"study": account_of(many.studies[bank]), "bank": bank, "banks": banks}
        return replace(how, asked={**how.asked, **request})

    return of_bank


def _studied(folder: Path, scenarios: dict[str, dict[str, Any]]) -> dict[Path, dict[str, Any]]:
    """Return base and package of the study's own runs, or of the runs of each bank."""
    from sim.scenario.study import BASE, PACKAGE

    names = [""] if "" in scenarios else [name for name in scenarios if "/" not in name]
    return {folder / name: {arm: scenarios[name][arm] for arm in (BASE, PACKAGE)} for name in names}


def _saved(
    file: Path, carry_out: CarryOut, folder: Path, quick: bool, seeds: int | None
) -> dict[Path | str, str]:
    """Run a study of one bank or of several; return the files of tables written."""
    from sim.scenario.reading import read_file
    from sim.scenario.several import is_several, load_several
    from sim.scenario.study import load_study

    if is_several(read_file(file)):
        from sim.analysis.study.several import conduct_several
        from sim.apps.study_files import save_several

        many = load_several(file, quick)
        return save_several(conduct_several(many, carry_out, quick=quick, seeds=seeds), folder)

    from sim.analysis.study.conduct import conduct
    from sim.apps.study_files import save_study

    return save_study(conduct(load_study(file), carry_out, quick=quick, seeds=seeds), folder)
