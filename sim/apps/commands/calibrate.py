"""`smelend calibrate`: score the base case against its target bands, or fit its parameters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.ending import FAILED
from sim.apps.options import Dask, Quiet, RetryFailed, Workers, apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.analysis.calibration import Calibration, CalibrationFit, Free
    from sim.apps.batch import How
    from sim.runs.carrying import Carrier
    from sim.runs.outcome import Outcome
    from sim.runs.plan import Plan
    from sim.scenario.schema import Scenario

SHIPPED = Path("calibration/base_case")  # unless a file is there
EDGE = 0.01  # share of a parameter's range that counts as its edge


def calibrate(
    context: typer.Context,
    scenario: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SCENARIO]", help="Scenario to score or fit. [default: the base of the file]"
        ),
    ] = None,
    file: Annotated[
        Path,
        typer.Option("--calibration", metavar="FILE", help="Experiment of kind calibration."),
    ] = SHIPPED,
    check: Annotated[
        bool, typer.Option("--check", help="Only score; status 1 if a band is missed.")
    ] = False,
    seeds: Annotated[
        str | None,
        typer.Option(
            "--seeds", metavar="N|A..B", help="Seeds 1 to N, or A to B. [default: the file's]"
        ),
    ] = None,
    trials: Annotated[
        int, typer.Option("--trials", metavar="N", min=1, help="Number of points in a fit.")
    ] = 120,
    workers: Workers = None,
    dask: Dask = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            callback=apart,
            help="Run folder. [default: results/calibration/NAME, or NAME-SCENARIO]",
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help="With --check: also copy the page and tables."),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="FILE", help="Without --check: write the values found."),
    ] = None,
    quiet: Quiet = False,
    retry_failed: RetryFailed = False,
) -> None:
    """Score a scenario against target bands, or fit it to them.

    With --check, print the score and write it as a page; without, fit the parameters and print the
    values found.  A repeated command continues where it stopped.
    """
    from sim.analysis.calibration import load_calibration, refuse_no_overlay, write_overlay
    from sim.apps.asking import asked
    from sim.apps.batch import How
    from sim.apps.options import read_seeds
    from sim.core.errors import RequestError
    from sim.runs.seeds import read_seeds as parse_seeds
    from sim.scenario.loading import load_scenario

    if keep is not None and not check:
        raise RequestError("--keep needs --check: a fit writes no page")
    if write is not None and (check or scenario is not None):
        raise RequestError("--write is for a fit of the file's own base, without --check")
    goals = load_calibration(file)
    base = goals.base if scenario is None else load_scenario(scenario)
    task = "score" if check else "fit"
    chosen = goals.seeds(task) if seeds is None else parse_seeds(read_seeds(seeds))
    folder = out or _usual_folder(goals.name, scenario)
    how = How(workers, dask, quiet, False, retry_failed, asked(context))
    if not check:
        if write is not None:
            refuse_no_overlay(goals, write)
        found = search(goals, base, chosen, trials, how, folder)
        if write is not None:
            command = f"smelend calibrate --calibration {file}"
            write_overlay(goals, found, write, command, len(chosen))
            print(f"written: {write}\n\nNext: {command} {write} --check")
        return
    if not checked(goals, base, chosen, how, folder, keep):
        raise typer.Exit(FAILED)


def _usual_folder(name: str, scenario: Path | None) -> Path:
    """Return the folder of a calibration's results, another for each scenario given to it."""
    from sim.core.names import file_name

    other = [] if scenario is None else scenario.with_suffix("").parts[-2:]
    return Path("results", "calibration", "-".join([name, *map(file_name, other)]))


def checked(
    goals: Calibration,
    base: Scenario,
    seeds: Sequence[int],
    how: How,
    folder: Path,
    keep: Path | None,
) -> bool:
    """Score, write and print; return whether every run was done and every band is met."""
    from sim.analysis.calibration import divide_rise, score
    from sim.apps.batch import list_written, status_of
    from sim.apps.layout import screen_width
    from sim.apps.scored import save, show
    from sim.apps.study_files import keep_copies

    carrier = counting(how, folder)
    table = score(goals, base, seeds, carrier)
    causes = divide_rise(goals, base, seeds, carrier) if goals.content.causes else None
    written = save(table, causes, goals.content.title, base, seeds, folder)
    if keep is not None:
        written |= keep_copies(written, keep)
    show(table)
    if not how.quiet:
        list_written(written, screen_width())
    failed = max(status_of(outcome) for outcome in carrier.ended.values())
    return not failed and not (table["verdict"] != "in").any()


def counting(how: How, folder: Path) -> Carrier:
    """Return what carries plans out with the counts that a score needs, or without for causes."""
    from sim.analysis.calibration.sample import simulate_counted
    from sim.runs.carrying import Carrier

    counted = replace(how, simulate=simulate_counted)

    def run(plan: Plan, home: Path, name: str) -> Outcome:
        return (how if name == "causes" else counted).carry_out(plan, home)

    return Carrier(folder, run)


def search(
    goals: Calibration, base: Scenario, seeds: Sequence[int], trials: int, how: How, folder: Path
) -> CalibrationFit:
    """Fit, print the values found, ready for a scenario file, and return them."""
    from sim.analysis.calibration import fit
    from sim.analysis.calibration.scoring import verdict_on
    from sim.apps.batch import status_of
    from sim.runs.progress import Progress

    progress = Progress(trials, what="points", quiet=how.quiet)

    def report(tried: int, best: float) -> None:
        progress.count(1, 0)
        progress.show()

    carrier = counting(replace(how, quiet=True), folder)  # a point is a second's work or two
    found = fit(goals, base, seeds, trials=trials, report=report, carry_out=carrier)
    progress.end()
    if any(status_of(outcome) for outcome in carrier.ended.values()):
        raise typer.Exit(FAILED)
    print(f"# objective {found.objective:.4g} after {found.tried} points on {len(seeds)} seeds")
    for one in goals.targets.parameters:
        print(f"{one.key}: {found.values[one.key]:g}  # {_range(one, found.values[one.key])}")
    for target in goals.targets.fitted:
        value, band = found.reached[target.name], f"{target.low:g} to {target.high:g}"
        verdict = verdict_on(value, target.low, target.high)
        print(f"# {target.name}: {value:.4g}, {verdict}; wanted {band}")
    return found


def _range(one: Free, value: float) -> str:
    """Return the range of a parameter as a comment, and whether the fit ended at its edge."""
    room = EDGE * (one.high - one.low)
    inside = one.low + room < value < one.high - room
    return f"{'within' if inside else 'at the edge of'} {one.low:g} to {one.high:g}"
