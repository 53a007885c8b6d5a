"""`smelend validate`: check scenarios and measures, and show where an error is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.apps.ending import WRONG, complain
from sim.apps.options import Set, read_settings
from sim.core.errors import RequestError


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Scenarios or measures.")],
    set_: Set = None,
) -> None:
    """Check scenario and measure files.

    Print one line per file: ok, or the error with file, line, column and key.
    """
    settings = read_settings(set_)
    wrong = False
    for file in files:
        try:
            content = checked(file, settings)
        except RequestError as fault:
            wrong = True
            complain(str(fault), WRONG)
        else:
            print(f"{file}: ok, {content}", flush=True)
    if wrong:
        raise typer.Exit(WRONG)


def checked(file: Path, settings: dict[str, Any]) -> str:
    """Return a description of a file's content; raises `RequestError` for any error in it."""
    from sim.scenario.loading import load_scenario

    if file.parent.name == "measures":
        return checked_measure(file)
    scenario = load_scenario(file, set=settings)
    return (
        f"scenario {scenario.name}: {scenario.firms.count:,} firms, {scenario.horizon} months, "
        f"banks: {', '.join(scenario.banks)}"
    )


def checked_measure(file: Path) -> str:
    """Return a description of a measure; its keys are checked on the base next to its folder."""
    from sim.scenario.loading import load_scenario
    from sim.scenario.measure import joined_keys, load_measure

    measure = load_measure(file)
    base = file.parent.parent / "baseline.yaml"
    text = f"measure {measure.name} of package {measure.package}: {len(measure.keys)} keys"
    if not base.exists():
        return f"{text}, not tried, since there is no {base}"
    keys, places = joined_keys([measure])
    load_scenario(base).with_(keys, places=places)
    return f"{text}, tried on {base}"
