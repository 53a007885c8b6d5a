"""`smelend run`: simulate scenarios on common seeds into a run folder."""

from __future__ import annotations

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
    Profile,
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
    from sim.analysis.experiments.kinds.plan import Planned


def run(
    context: typer.Context,
    scenarios: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCENARIO", help="Scenarios, each an arm; or one plan. Files or names."
        ),
    ],
    seeds: Seeds = None,
    set_: Set = None,
    workers: Workers = None,
    dask: Dask = None,
    out: Out = None,
    quiet: Quiet = False,
    dry_run: DryRun = False,
    no_check: NoCheck = False,
    retry_failed: RetryFailed = False,
    detail: Detail = False,
    profile: Profile = False,
    plugin: Plugins = None,
) -> None:
    """Simulate scenarios on common seeds.

    Print the main outcomes and write a run folder.  A repeated command continues where it stopped.
    """
    from sim.apps.asking import asked
    from sim.apps.batch import (
        How,
        list_written,
        run_folder,
        runs_kept,
        small_markets,
        status_of,
        with_seeds_of,
    )
    from sim.apps.figures import draw
    from sim.apps.folders import default_folder
    from sim.apps.layout import screen_width
    from sim.core.names import file_name
    from sim.runs.plan import make_plan

    planned = plan_in(scenarios)
    if planned is not None:
        if seeds or set_:
            raise RequestError(f"{scenarios[0]}: a plan states its own seeds and settings")
        plan = planned.plan
        words = {"title": planned.content.title, "why": planned.content.why}
        question = asked(context, **{key: text for key, text in words.items() if text})
    else:
        number = 1 if profile and seeds is None else read_seeds(seeds)
        plan = make_plan(scenarios, number, set=read_settings(set_))
        question = asked(context)
    if profile:
        from sim.apps.profiling import show_profiles

        given = {"--out": out, "--workers": workers, "--dask": dask, "--dry-run": dry_run or None,
                 "--retry-failed": retry_failed or None, "--detail": detail or None}  # fmt: skip
        if unused := [name for name, value in given.items() if value is not None]:
            raise RequestError(
                f"--profile measures in this process and writes nothing; leave out {unused[0]}"
            )
        show_profiles(plan, not no_check, screen_width())
        return
    named = Path("results", file_name(planned.name, capitals=True)) if planned else None
    folder = out or named or default_folder(list(plan.arms), "+")
    how = How(workers, dask, quiet, not no_check, retry_failed, question)
    if dry_run:
        print(how.forecast(with_seeds_of(folder, plan), folder))
        return
    outcome = how.carry_out(with_seeds_of(folder, plan), folder)
    if detail and outcome.done:
        how.keep_detail(plan.arms, folder)
    if not quiet:
        print("\n".join([str(outcome), *small_markets(plan)]))
        if outcome.done:
            from sim.apps.results_text import text_of_runs, text_of_sweep
            from sim.results.swept_words import swept_titles
            from sim.runs.reading import read_runs

            runs = read_runs(folder)
            width, titles = screen_width(), swept_titles(plan.chosen)
            print(text_of_runs(runs, width, titles) + text_of_sweep(folder, width))
            if planned is not None and planned.content.claims:
                from sim.analysis.claims import Frames
                from sim.analysis.judging import judge_claims
                from sim.apps.table_text import as_text
                from sim.results.judged_claims import claims_table
                from sim.runs.reading import read_months

                frames = Frames(runs, read_months(folder), unmatched="drop")
                verdicts = judge_claims(planned.content.claims, frames)
                print("\n".join(["", *as_text(claims_table({"": verdicts}), screen_width())]))
            print()
    with runs_kept(folder, outcome, quiet=quiet):
        drawn = draw(folder) if outcome.done else {}
    list_written(drawn | run_folder(folder), screen_width())
    raise typer.Exit(status_of(outcome))


def plan_in(files: list[Path]) -> Planned | None:
    """Return the plan, if one file is given and it is an experiment; None for scenarios."""
    from sim.analysis.experiments.kinds.plan import load_plan
    from sim.analysis.experiments.loading import is_experiment
    from sim.core.shipped import EXPERIMENT_KINDS, located
    from sim.scenario.reading import read_file

    path = located(files[0], "scenario", *EXPERIMENT_KINDS)
    return load_plan(path) if len(files) == 1 and is_experiment(read_file(path)) else None
