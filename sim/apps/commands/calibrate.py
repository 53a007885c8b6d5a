"""`smelend calibrate`: score the base case against its target bands, or fit its parameters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.ending import FAILED

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.calibration import Targets
    from sim.scenario.schema import Scenario

TARGETS, BASE = Path("calibration/targets"), Path("baseline")  # shipped, unless files are there
SCORE_SEEDS = list(range(1, 101))
FIT_SEEDS = list(range(1001, 1031))


def calibrate(
    scenario: Annotated[
        Path, typer.Argument(metavar="SCENARIO", help="Scenario to score or fit: a file or a name.")
    ] = BASE,
    targets: Annotated[
        Path, typer.Option("--targets", metavar="FILE", help="Target bands and free parameters.")
    ] = TARGETS,
    check: Annotated[
        bool, typer.Option("--check", help="Only score; status 1 if a band is missed.")
    ] = False,
    seeds: Annotated[
        str | None,
        typer.Option(
            "--seeds",
            metavar="N|A..B",
            help="Seeds 1 to N, or A to B. [default: 1..100 to score, 1001..1030 to fit]",
        ),
    ] = None,
    trials: Annotated[
        int, typer.Option("--trials", metavar="N", min=1, help="Number of points in a fit.")
    ] = 120,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="With --check: write calibration.csv and .md."),
    ] = None,
) -> None:
    """Score a scenario against target bands, or fit it to them.

    With --check, print the score; without, fit the parameters and print the values found.
    """
    from sim.analysis.calibration import read_targets, score
    from sim.apps.options import read_seeds
    from sim.core.errors import RequestError
    from sim.runs.seeds import read_seeds as parse_seeds
    from sim.scenario.loading import load_scenario

    if out is not None and not check:
        raise RequestError("--out needs --check: a fit writes nothing")
    goals, base = read_targets(targets), load_scenario(scenario)
    chosen = list(parse_seeds(read_seeds(seeds))) if seeds is not None else None
    if not check:
        search(goals, base, chosen or FIT_SEEDS, trials)
        return
    used = chosen or SCORE_SEEDS
    table = score(goals, base, used)
    show(table)
    if out is not None:
        save(table, goals, base, used, out)
    if (table["verdict"] == "out").any():
        raise typer.Exit(FAILED)


def show(table: pd.DataFrame) -> None:
    """Print the score table."""
    from sim.apps.layout import TextColumn, laid_out, screen_width

    columns = (
        TextColumn("target", prose=True),
        TextColumn("low", number=True),
        TextColumn("high", number=True),
        TextColumn("value", number=True),
        TextColumn("+-95 %", number=True),
        TextColumn("verdict"),
        TextColumn("role"),
    )
    lines = [
        [
            row["name"], f"{row['low']:g}", f"{row['high']:g}", f"{row['value']:.4g}",
            f"{(row['value_high'] - row['value_low']) / 2.0:.2g}", row["verdict"], row["role"],
        ]
        for row in table.to_dict("records")
    ]  # fmt: skip
    print("\n".join(laid_out(columns, lines, screen_width())))


def save(table: pd.DataFrame, goals: Targets, base: Scenario, seeds: list[int], out: Path) -> None:
    """Write the score and the causes of the rise: calibration.csv, calibration_causes.csv, .md."""
    from sim.analysis.calibration import divide_rise, text

    causes = divide_rise(goals, base, seeds) if goals.causes else None
    out.mkdir(parents=True, exist_ok=True)
    table.round(SIGNIFICANT).to_csv(out / "calibration.csv", index=False)
    if causes is not None:
        causes.round(SIGNIFICANT).to_csv(out / "calibration_causes.csv", index=False)
    page = text(table, causes, f"{base.name}, hash {base.hash[:12]}", seeds)
    (out / "calibration.md").write_text(page, encoding="utf-8")
    print(f"written: {out / 'calibration.md'} and tables next to it")


def search(goals: Targets, base: Scenario, seeds: list[int], trials: int) -> None:
    """Fit and print the values found, ready for a scenario file."""
    from sim.analysis.calibration import fit

    found = fit(goals, base, seeds, trials=trials)
    print(f"# objective {found.objective:.4g} after {found.tried} points on {len(seeds)} seeds")
    for key, value in found.values.items():
        print(f"{key}: {value:g}")


SIGNIFICANT = 6  # decimals kept in the tables
