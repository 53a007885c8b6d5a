"""`smelend literature`: test whether the model reproduces mechanisms of the literature."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.options import Quiet, Workers
from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.literature.findings import Finding
    from sim.apps.layout import Row

BASE_CASE = "baseline"
FIRST, LAST, FEW = 101, 124, 108  # seeds of the table of causes; FEW is the last one with --quick


def literature(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A mechanism's name. [default: all]")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A first look on the few seeds set in the files.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Also write the page, its tables, and causes of default."
        ),
    ] = None,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """Test the literature's mechanisms.

    Each file of experiments/literature states a prediction and the arms that test it; the verdict
    on each claim is supported, refuted or undecided at this precision.
    """
    from sim.analysis.literature.findings import findings
    from sim.apps.layout import screen_width

    if name and out:
        raise RequestError("--out writes the page of all mechanisms; leave out the name or --out")
    found = findings([name] if name else None, quick, workers=workers)
    if not quiet:
        print("\n".join(text(found, screen_width())))
    if out is not None:
        for path in written(found, quick, out, workers):
            print(path)


def text(found: list[Finding], width: int) -> list[str]:
    """Return a table of the claims with verdict, difference and interval."""
    from sim.apps.layout import TextColumn, laid_out

    columns = (
        TextColumn("Claim", prose=True),
        TextColumn("verdict"),
        *(TextColumn(title, number=True) for title in ("difference", "interval", "n")),
    )
    rows: list[Row] = []
    for one in found:
        rows.append(f"{one.mechanism.content.mechanism} ({one.mechanism.content.source})")
        for _, row in one.verdicts.iterrows():
            ends = f"{row['low']:.3g} to {row['high']:.3g}"
            rows.append(
                [row["statement"], row["verdict"], f"{row['difference']:+.3g}", ends, str(row["n"])]
            )
    return laid_out(columns, rows, width)


def written(found: list[Finding], quick: bool, folder: Path, workers: int | None) -> list[Path]:
    """Write the page and the tables; return their paths."""
    import pandas as pd

    from sim.analysis.causes import causes, causes_page
    from sim.analysis.literature.page import page
    from sim.scenario.loading import load_scenario

    seeds = range(FIRST, 1 + (FEW if quick else LAST))
    table = causes(load_scenario(BASE_CASE), seeds, workers=workers)
    command = f"smelend literature {'--quick ' if quick else ''}--out {folder.as_posix()}"
    verdicts = pd.concat([one.verdicts for one in found], ignore_index=True)
    texts = {
        "literature.md": page(found, command) + "\n" + causes_page(table),
        "literature.csv": _csv(verdicts),
        "literature_causes.csv": _csv(table),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise RequestError(f"cannot write to {folder}: {fault.strerror or fault}") from fault
    return [folder / name for name in texts]


def _csv(table: pd.DataFrame) -> str:
    from sim.runs.csv_files import csv_text

    return csv_text(table, "%.6g")
