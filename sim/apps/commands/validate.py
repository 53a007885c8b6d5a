"""`smelend validate`: check scenarios and measures, and show where an error is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.apps.ending import WRONG, complain
from sim.apps.options import Plugins, Set, read_settings
from sim.core.errors import RequestError


def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Scenarios, measures or studies.")
    ],
    set_: Set = None,
    plugin: Plugins = None,
) -> None:
    """Check scenario, measure and study files.

    Print one line per file: ok, or each error with file, line, column and key.
    """
    settings = read_settings(set_)
    wrong = False
    for file in files:
        try:
            content = checked(file, settings)
        except RequestError as fault:
            wrong = True
            for line in fault.every or (str(fault),):
                complain(line, WRONG)
        else:
            print(f"{file}: ok, {content}", flush=True)
    if wrong:
        raise typer.Exit(WRONG)


def checked(file: Path, settings: dict[str, Any]) -> str:
    """Return a description of a file's content; raises `RequestError` for any error in it."""
    from sim.core.shipped import located
    from sim.scenario.loading import load_scenario
    from sim.scenario.reading import read_file

    file = located(file, "scenario", "measure")
    if file.parent.name == "measures":
        return checked_measure(file)
    if "hypothesis" in read_file(file).data:
        return checked_study(file)
    scenario = load_scenario(file, set=settings)
    return (
        f"scenario {scenario.name}: {scenario.firms.count:,} firms, {scenario.horizon} months, "
        f"banks: {', '.join(scenario.banks)}"
    )


def checked_study(file: Path) -> str:
    """Return a description of a study of one bank or of several; its arms are not built."""
    from sim.analysis.study.claiming import claims_of
    from sim.scenario.reading import read_file
    from sim.scenario.several import is_several, load_several
    from sim.scenario.study import load_study

    if is_several(read_file(file)):
        many = load_several(file)
        return f"study {many.name} of {len(many.studies)} banks: {', '.join(many.studies)}"
    study = load_study(file)
    return f"study {study.name}: {len(study.measures)} measures, {len(claims_of(study))} claims"


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
