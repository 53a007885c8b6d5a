"""`smelend explain`: the chain of mechanism behind a claim of a study, with numbers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.apps.options import Plugins, Quiet, Workers, read_seeds
from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.experiments.kinds.study import Study
    from sim.analysis.mechanism.asked import Asked
    from sim.results.folder import Results
    from sim.results.table import Table

NO_NUMBER = (
    "The report on levers and the study's results have no number for what this claim changes. To "
    "simulate its arms, with each link switched off:"
)


def explain(
    context: typer.Context,
    study: Annotated[
        str,
        typer.Argument(metavar="STUDY", help="A study: file, name, or results folder."),
    ],
    claim: Annotated[
        str, typer.Argument(metavar="[CLAIM]", help="A claim of it; without one, all are listed.")
    ] = "",
    cut: Annotated[
        bool,
        typer.Option("--cut", help="Also simulate the claim's arms with each link switched off."),
    ] = False,
    seeds: Annotated[
        str | None, typer.Option("--seeds", metavar="N|A..B", help="Seeds of --cut. [default: 8]")
    ] = None,
    workers: Workers = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="[default: results/explain/STUDY, or DIR/why]"),
    ] = None,
    quiet: Quiet = False,
    plugin: Plugins = None,
) -> None:
    """Explain a claim by its chain of mechanism.

    The chain is what it sets, what that moves, and what vanishes without each link.

    Without --cut, nothing is simulated: levers come from the report on levers, effects from the
    study's own results, or from those that come with the checkout.
    """
    from sim.analysis.mechanism.asked import asked as read_claim
    from sim.apps.batch import list_written
    from sim.apps.layout import screen_width
    from sim.apps.table_text import as_text, wrapped
    from sim.report.chain import chain_section
    from sim.report.table_files import write

    if not cut and (seeds is not None or workers is not None):
        raise RequestError("--seeds and --workers are those of --cut: add --cut or leave them out")
    read, results = _study(study)
    if not claim:
        for name, one in read.content.claims.items():
            print(f"{name}: {one.statement or 'no statement'}")
        return
    found = read_claim(read, claim)
    results = _of_these_files(found, results, Path(study))
    home = out or _home(study, read)
    tables, frames = _tables(found, results)
    status = 0
    if cut:
        more, cut_frames, status = _cut(context, found, home, seeds or "8", workers, quiet)
        tables, frames = tables + more, frames | cut_frames
    heading = f"{claim}: {found.claim.statement or claim}"
    verdict = _verdict(found, results)
    lines = [heading, verdict]
    for table in tables:
        lines += ["", *as_text(table, screen_width())]
    if not cut and not any(_has_numbers(table) for table in tables):
        how = f"  smelend explain {study} {claim} --cut"
        lines += ["", *wrapped(NO_NUMBER, screen_width()), how]
    if not quiet:
        print("\n".join(lines) + "\n")
    files: dict[Path | str, str] = {
        home / f"{claim}.txt": "the chain as text", home / f"{claim}.md": "the same as a section",
    }  # fmt: skip
    write(home / f"{claim}.txt", "\n".join(lines) + "\n")
    write(home / f"{claim}.md", chain_section(heading, verdict, tables))
    files |= _saved(frames, home, claim)
    list_written(files, screen_width())
    raise typer.Exit(status)


def _has_numbers(table: Table) -> bool:
    rows = (row for block in table.blocks for row in block.rows)
    return any(cell.values for row in rows for cell in row)


def _study(text: str) -> tuple[Study, Results | None]:
    """Return the study that a name, a file or a results folder stands for, and its results."""
    from sim.analysis.experiments.kinds.study import load_study
    from sim.core.shipped import located, root
    from sim.results.folder import Results

    folder = Path(text)
    if folder.is_dir():
        results = Results(folder)
        if results.kind != "study" or results.bank_folders:
            raise RequestError(f"{folder}: this is no results folder of a study of one bank")
        name = str(results.study.get("name") or folder.resolve().parent.name)
        file = Path(str(results.study.get("file", "")))
        return load_study(file if file.is_file() else located(name, "study")), results
    read = load_study(located(text, "study"))
    for home in (Path("results"), root() / "results" / "reference"):
        for kind in ("study", "quick"):
            place = _short(home / read.name / kind)
            if place.is_dir() and (found := Results(place)).has("effects"):
                return read, found
    return read, None


def _of_these_files(found: Asked, results: Results | None, given: Path) -> Results | None:
    """Return the results if they are of the files as they are now.

    Others that were given are refused; others that were found by name are not used.
    """
    from sim.results.files_since import changed_since

    changed = changed_since(found, results) if results is not None else ""
    if not changed or results is None:
        return results
    said = f"{results.folder}: its results are not of {found.study.path} as it is now"
    if given.is_dir():
        raise RequestError(f"{said} ({changed}); restore the file, or run the study again")
    print(f"{said} ({changed}): not used", file=sys.stderr)
    return None


def _home(text: str, read: Study) -> Path:
    """Return where the chain goes: with the results, if their folder was given."""
    from sim.report.why import FOLDER

    folder = Path(text)
    return folder / FOLDER if folder.is_dir() else Path("results", "explain", read.name)


def _short(place: Path) -> Path:
    """Return a path as seen from here, where it is below."""
    here = Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else place


def _tables(found: Asked, results: Results | None) -> tuple[list[Table], dict[str, pd.DataFrame]]:
    from sim.core.shipped import root
    from sim.results.levers_set import levers_set
    from sim.results.mechanism_tables import outcomes, without_a_part
    from sim.results.unchanged import idle_keys
    from sim.runs.csv_files import read_csv

    place = root() / "results" / "reference" / "levers" / "levers.csv"
    report = read_csv(place) if place.is_file() else None
    levers = levers_set(found, report, still=idle_keys(found, results))
    every = (levers, outcomes(found, results), without_a_part(found, results))
    return [table for table in every if table is not None], {}


def _verdict(found: Asked, results: Results | None) -> str:
    if results is None or not results.has("verdicts"):
        return f"{found.other} less {found.base}; no results of this study are here."
    table = results.table("verdicts")
    mine = table[table["claim"] == found.name]
    said = "not judged" if mine.empty else f"{mine.iloc[0]['verdict']}: {mine.iloc[0]['why']}"
    return f"{found.other} less {found.base}. Verdict in {results.folder}: {said}."


def _cut(
    context: typer.Context,
    found: Asked,
    home: Path,
    seeds: str,
    workers: int | None,
    quiet: bool,
) -> tuple[list[Table], dict[str, pd.DataFrame], int]:
    """Simulate the arms in which a link is cut; return tables, their frames, and exit status."""
    from sim.analysis.levers.observed import observe
    from sim.analysis.mechanism.links import arms_of, differing, vanished
    from sim.apps.asking import asked
    from sim.apps.batch import How, status_of
    from sim.outcomes import METRICS
    from sim.results.mechanism_tables import cuts, processes
    from sim.runs.plan import Plan
    from sim.runs.seeds import read_seeds as listed

    arms, numbers = arms_of(found), listed(read_seeds(seeds))
    if len(numbers) < 2:
        raise RequestError(f"--seeds {seeds}: at least 2 are needed for an interval")
    how = How(workers, None, quiet, True, False, asked(context), observe)
    carrier = how.carrier(home / f"runs_of_{found.name}")
    runs, _ = carrier(Plan(arms.scenarios, tuple(numbers)), "")
    runs = runs[runs["bank"] == next(iter(found.scenarios[0].banks))]
    metrics = [name for name in found.metrics if name in METRICS]
    if not arms.cuts:
        print("no link can be cut between these two arms", file=sys.stderr)
    frames = {"processes": differing(runs), "cuts": vanished(runs, arms, metrics)}
    tables = [
        processes(frames["processes"], found, len(numbers)), cuts(frames["cuts"], len(numbers)),
    ]  # fmt: skip
    return tables, frames, max(map(status_of, carrier.ended.values()))


def _saved(frames: dict[str, Any], home: Path, claim: str) -> dict[Path | str, str]:
    from sim.report.table_files import write
    from sim.runs.csv_files import csv_text

    files: dict[Path | str, str] = {}
    for name, frame in frames.items():
        place = home / f"{claim}-{name}.csv"
        write(place, csv_text(frame, "%.10g"))
        files[place] = f"{name} with all digits"
    return files
