"""`smelend literature`: test whether the model reproduces mechanisms of the literature."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.options import Dask, Keep, NoCheck, Out, Quick, Quiet, RetryFailed, Workers
from sim.apps.written_page import refuse_part, write_page

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.literature.findings import Finding
    from sim.runs.carrying import CarryOut

BASE_CASE = "baseline"
FIRST, LAST, FEW = 101, 124, 108  # seeds of the table of causes; FEW is the last one with --quick


def literature(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A mechanism's name. [default: all]")
    ] = None,
    quick: Quick = False,
    workers: Workers = None,
    dask: Dask = None,
    out: Out = None,
    keep: Keep = None,
    quiet: Quiet = False,
    no_check: NoCheck = False,
    retry_failed: RetryFailed = False,
) -> None:
    """Test the literature's mechanisms.

    Each file of experiments/literature states a prediction and the arms that test it; the verdict
    on each claim is supported, refuted or undecided at this precision.  Without NAME, a page of
    all mechanisms and of the causes of default is written too.  A repeated command continues where
    it stopped.
    """
    from sim.analysis.literature.findings import findings
    from sim.apps.asking import asked
    from sim.apps.batch import How, list_written, status_of
    from sim.apps.layout import screen_width
    from sim.apps.study_files import keep_copies
    from sim.apps.table_text import as_text
    from sim.results.judged_claims import claims_table

    refuse_part(name, keep, "mechanisms")
    folder = out or Path("results", "literature", "quick" if quick else "full")
    how = How(workers, dask, quiet, not no_check, retry_failed, asked(context))
    carrier = how.carrier(folder)
    found = findings([name] if name else None, quick, carry_out=carrier)
    written: dict[Path | str, str] = {
        f"{folder / one.mechanism.name}/": one.mechanism.content.title for one in found
    }
    if not name:
        seeds = range(FIRST, 1 + (FEW if quick else LAST))
        files = page_of(found, causes_of_default(seeds, carrier), quick, folder)
        written = files | written
        if keep is not None:
            written |= keep_copies(files, keep)
    list_written(written, screen_width())
    if not quiet:
        blocks = {
            f"{one.mechanism.content.title} ({one.mechanism.content.source})": one.verdicts
            for one in found
        }
        print("\n" + "\n".join(as_text(claims_table(blocks), screen_width())))
    raise typer.Exit(max(status_of(outcome) for outcome in carrier.ended.values()))


def causes_of_default(seeds: Sequence[int], carry_out: CarryOut) -> pd.DataFrame:
    """Return the table of what causes default in the base case."""
    from sim.analysis.causes import causes
    from sim.scenario.loading import load_scenario

    return causes(load_scenario(BASE_CASE), seeds, carry_out=carry_out)


def page_of(
    found: list[Finding], causes: pd.DataFrame, quick: bool, folder: Path
) -> dict[Path | str, str]:
    """Write the page and its tables; return their paths and what each holds."""
    import pandas as pd

    from sim.analysis.causes import causes_page
    from sim.analysis.literature.page import page
    from sim.runs.csv_files import csv_text

    command = "smelend literature --quick" if quick else "smelend literature"
    verdicts = pd.concat([one.verdicts for one in found], ignore_index=True)
    texts = {
        "literature.md": (page(found, command) + "\n" + causes_page(causes), "the page"),
        "literature.csv": (csv_text(verdicts, "%.6g"), "each claim with its verdict"),
        "literature_causes.csv": (csv_text(causes, "%.6g"), "what vanishes without each cause"),
    }
    return write_page(texts, folder)
