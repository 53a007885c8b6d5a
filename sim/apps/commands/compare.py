"""`smelend compare`: the differences of scenarios, or of measures, from a base on common seeds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.options import (
    Dask,
    Detail,
    DryRun,
    NoCheck,
    Out,
    Plugins,
    Quiet,
    RetryFailed,
    Seeds,
    Set,
    Workers,
    read_seeds,
    read_settings,
)  # fmt: skip
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from sim.runs.outcome import Outcome


def compare(
    context: typer.Context,
    base: Annotated[Path, typer.Argument(metavar="BASE", help="The base scenario: file or name.")],
    others: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[OTHER]", help="Scenarios to compare with the base."),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="NAME",
            help="Also compare the base with this measure, a file or a name; if repeated, with "
            "all of them together.",
        ),
    ] = None,
    seeds: Seeds = None,
    precision: Annotated[
        list[str] | None,
        typer.Option(
            "--precision",
            metavar="METRIC=HALFWIDTH",
            help="Instead of --seeds: add seeds until the 95 % interval of this difference has "
            "this half-width, e.g. npl_ratio=0.1%; may be repeated.",
        ),
    ] = None,
    cap: Annotated[
        int, typer.Option("--cap", metavar="N", help="With --precision: maximum number of seeds.")
    ] = 400,
    set_: Set = None,
    workers: Workers = None,
    dask: Dask = None,
    out: Out = None,
    quiet: Quiet = False,
    dry_run: DryRun = False,
    no_check: NoCheck = False,
    retry_failed: RetryFailed = False,
    detail: Detail = False,
    plugin: Plugins = None,
) -> None:
    """Compare scenarios, or one with measures, on the same seeds.

    Print each outcome's paired difference with its interval, and write tables and a report.
    A repeated command continues where it stopped.
    """
    from sim.apps.asking import asked
    from sim.apps.batch import How, status_of, with_seeds_of
    from sim.apps.comparing import different_start
    from sim.apps.folders import default_folder
    from sim.apps.measured import with_measures
    from sim.apps.precision import read_precision, run_until_precise
    from sim.runs.plan import make_plan
    from sim.scenario.comparable import besides_banks, refuse_incomparable, unshared_banks

    if not (others or measure):
        raise RequestError(
            "smelend compare: missing argument: name another scenario to compare with the base, "
            "or a measure (--measure NAME)"
        )
    if precision and seeds is not None:
        raise RequestError("give either --seeds or --precision, not both")
    wanted = read_precision(precision or [])
    files, settings = [base, *(others or [])], read_settings(set_)
    plan = make_plan(files, read_seeds(seeds), set=settings)
    plan = with_measures(plan, files, measure or [], settings)
    refuse_incomparable(plan.arms, totals=True)
    folder = out or default_folder(list(plan.arms), "-vs-")
    how = How(workers, dask, quiet, not no_check, retry_failed, asked(context))
    if dry_run:
        print(how.forecast(with_seeds_of(folder, plan), folder))
        return
    if wanted:
        outcome = run_until_precise(plan, folder, how, wanted, cap)
    else:
        outcome = how.carry_out(with_seeds_of(folder, plan), folder)
    if detail and outcome.done:
        how.keep_detail(plan.arms, folder)
    if outcome.done:
        show(outcome, list(plan.arms), quiet)
    besides = besides_banks(plan.arms) or different_start(plan.arms)
    for note in (unshared_banks(plan.arms), besides):
        if note:
            print(note, file=sys.stderr)
    raise typer.Exit(status_of(outcome))


def show(outcome: Outcome, arms: list[str], quiet: bool) -> None:
    """Print the comparison of a batch and what was written."""
    from sim.apps.batch import list_written, report_of, run_folder, runs_kept
    from sim.apps.comparing import comparison_of
    from sim.apps.comparison_files import save_table
    from sim.apps.layout import screen_width
    from sim.runs.reading import read_months, read_runs

    folder = outcome.folder
    comparison = comparison_of(read_runs(folder), read_months(folder), arms)
    if not quiet:
        print(f"{comparison}\n")
    table = save_table(comparison.table, comparison.base, folder)
    written: dict[Path | str, str] = {table: "the table above, with all digits"}
    with runs_kept(folder, outcome, quiet=quiet):
        reported = report_of(folder)
    list_written(written | reported | run_folder(folder), screen_width())
