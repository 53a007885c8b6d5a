"""A factorial experiment on the command line: run it, save its tables, and print what it found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.analysis.experiments.kinds.factorial import Factorial
    from sim.analysis.factorial import FactorialFindings
    from sim.apps.batch import How


def run_factorial(
    experiment: Factorial, folder: Path, how: How, quick: bool, seeds: int | None, keep: Path | None
) -> int:
    """Run an experiment into its folder, print its text, and return the exit status."""
    from sim.analysis.factorial import conduct_factorial
    from sim.apps.batch import list_written, report_of, run_folder, runs_kept, status_of
    from sim.apps.layout import screen_width
    from sim.apps.study_files import keep_copies, save_text
    from sim.report.figures.gallery import FOLDER
    from sim.runs.carrying import Carrier

    content = experiment.content
    words = {"title": content.title, "why": content.why, "hypothesis": content.hypothesis}
    recorded = replace(how, asked={**how.asked, "kind": content.kind, **words})
    carrier = Carrier(folder, lambda plan, home, name: recorded.carry_out(plan, home))
    findings = conduct_factorial(experiment, carrier, quick=quick, seeds=seeds)
    written = save_factorial(findings, folder)
    text = text_of_factorial(folder, screen_width())
    written |= save_text(text, folder)
    with runs_kept(folder, *carrier.ended.values(), quiet=how.quiet):
        reported = report_of(folder)
    if keep is not None:
        place = keep / experiment.name / ("quick" if quick else "study")
        reported |= keep_copies([*written, folder / FOLDER], place)
    list_written(written | reported | run_folder(folder), screen_width())
    if not how.quiet:  # last, so that the summary is what remains on the screen
        print(f"\n{text}")
    return max(status_of(outcome) for outcome in carrier.ended.values())


def save_factorial(findings: FactorialFindings, folder: Path) -> dict[Path | str, str]:
    """Write the tables; return their paths and what each holds.

    Raises `RequestError` when the folder cannot be written.
    """
    from sim.apps.study_files import save_table

    return {
        save_table(findings.main_effects, "main_effects", folder): (
            "each level against the first of its factor, averaged over the others, every outcome"
        ),
        save_table(findings.interactions, "factor_interactions", folder): (
            "how much the effect of a level differs where a level of another factor holds"
        ),
        save_table(findings.arms, "combinations", folder): "every combination, every outcome",
    }


def text_of_factorial(folder: Path, width: int) -> str:
    """Return the text: question, combinations, significant interactions, main effects last."""
    from sim.apps.table_text import all_as_text, more_of, wrapped
    from sim.results.folder import read_results
    from sim.results.tables.factorial import combinations, factor_interactions, main_effects

    results = read_results(folder)
    asked = results.manifest.asked
    made = (combinations(results), factor_interactions(results), main_effects(results))
    shown = [table for table in made if table is not None]
    lines = wrapped(" ".join(str(asked["title"]).split()), width)
    expected = " ".join(str(asked["hypothesis"]).split())
    lines += wrapped(f"Hypothesis, written before the run: {expected}", width)
    lines += wrapped(
        f"{results.seeds:,} seeds, {len(results.arms):,} combinations on the same seeds, "
        f"{results.horizon:,} months.",
        width,
    )
    return "\n".join([*lines, *more_of(shown, width)]) + "\n\n" + all_as_text(shown, width)
