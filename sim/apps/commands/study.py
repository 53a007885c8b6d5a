"""`smelend study`: test the claims of a thesis, from the study file to a table of verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.apps.ending import FAILED, complain
from sim.apps.options import Dask, NoCheck, Out, Plugins, Quiet, RetryFailed, Workers
from sim.core.errors import RequestError
from sim.core.shipped import located

if TYPE_CHECKING:
    from sim.analysis.experiments.kinds.banks import Several
    from sim.analysis.experiments.kinds.study import Study
    from sim.apps.batch import How
    from sim.runs.carrying import CarryOut

    Arms = dict[str, Any]  # scenarios by name


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
    plugin: Plugins = None,
) -> None:
    """Test the claims of a thesis.

    Run base, measures and their combinations on the same seeds, and write a verdict on each claim
    and a report.  Without --quick or --seeds, seeds are added until the precision set in the file
    is reached.  A file that names several studies runs the same measures in each of their banks; a
    factorial experiment runs every level of its factors with every other.
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
        folder = out or Path("results", home_of(file), "quick" if quick else "study")
        ends.append(_one(file, folder, how, quick, seeds, keep))
    raise typer.Exit(max(ends))


def home_of(file: Path) -> str:
    """Return the folder of a study's results: its name, as a file name."""
    from sim.analysis.experiments.named_files import name_of
    from sim.core.names import file_name

    return file_name(name_of(file), capitals=True)


def _one(
    file: Path, folder: Path, how: How, quick: bool, seeds: int | None, keep: Path | None
) -> int:
    """Run one study, print its text, and return the exit status."""
    from sim.analysis.experiments.kinds.banks import Several
    from sim.analysis.experiments.kinds.factorial import Factorial
    from sim.analysis.experiments.kinds.study import Study
    from sim.analysis.experiments.loading import load_experiment, wrong_kind
    from sim.apps.batch import list_written, report_of, run_folder, runs_kept, status_of
    from sim.apps.layout import screen_width
    from sim.apps.noticed import notice_measures
    from sim.apps.results_text import text_of_study
    from sim.apps.study_files import keep_copies, missing_of, save_text
    from sim.report.figures.gallery import FOLDER
    from sim.runs.carrying import Carrier

    asked = load_experiment(file)
    if isinstance(asked, Factorial):
        from sim.apps.factorial import run_factorial

        return run_factorial(asked, folder, how, quick, seeds, keep)
    if not isinstance(asked, Study | Several):
        raise asked.refuse(("kind",), wrong_kind(asked.kind, "a study", file))
    if isinstance(asked, Study) and not how.quiet:
        notice_measures(asked)
    question = _question(asked, how)
    carrier = Carrier(folder, lambda plan, home, name: question(name).carry_out(plan, home))
    written = _saved(asked, carrier, folder, quick, seeds)
    text = text_of_study(folder, screen_width())
    written |= save_text(text, folder)
    for home, arms in _studied(folder, carrier.arms).items():
        how.keep_detail(arms, home)
    with runs_kept(folder, *carrier.ended.values(), quiet=how.quiet):
        reported = report_of(folder)
    if keep is not None:
        place = keep / home_of(file) / ("quick" if quick else "study")
        reported |= keep_copies([*written, folder / FOLDER], place)
    runs = run_folder(folder if "" in carrier.ended else folder / "BANK")
    list_written(written | reported | runs, screen_width())
    if not how.quiet:  # last, so that the summary is what remains on the screen
        print(f"\n{text}")
    lost = [complain(line, FAILED) for line in missing_of(folder)]
    return max([*lost, *(status_of(outcome) for outcome in carrier.ended.values())])


def _question(asked: Study | Several, how: How) -> Callable[[str], How]:
    """Return the settings for running a folder of the study; they record the study's question."""
    from sim.analysis.experiments.kinds.banks import Several
    from sim.analysis.study.account import account_of

    if not isinstance(asked, Several):
        one = replace(how, asked={**how.asked, "study": account_of(asked)})
        return lambda name: one
    studies = asked.studies

    def of_bank(name: str) -> How:
        bank = name.partition("/")[0]
        request = {"study": account_of(studies[bank]), "bank": bank, "banks": list(studies)}
        return replace(how, asked={**how.asked, **request})

    return of_bank


def _studied(folder: Path, scenarios: Mapping[str, Mapping[str, Any]]) -> dict[Path, Arms]:
    """Return base and package of the study's own runs, or of the runs of each bank."""
    from sim.core.names import BASE, PACKAGE

    names = [""] if "" in scenarios else [name for name in scenarios if "/" not in name]
    return {folder / name: {arm: scenarios[name][arm] for arm in (BASE, PACKAGE)} for name in names}


def _saved(
    asked: Study | Several, carry_out: CarryOut, folder: Path, quick: bool, seeds: int | None
) -> dict[Path | str, str]:
    """Run a study of one bank or of several; return the files of tables written."""
    from sim.analysis.experiments.kinds.banks import Several
    from sim.apps.study_files import save_several, save_study

    if isinstance(asked, Several):
        from sim.analysis.study.several import conduct_several

        return save_several(conduct_several(asked, carry_out, quick=quick, seeds=seeds), folder)

    from sim.analysis.study.conduct import conduct

    return save_study(conduct(asked, carry_out, quick=quick, seeds=seeds), folder)
