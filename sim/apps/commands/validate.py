"""`smelend validate`: check a file of any kind, and show where an error is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.apps.ending import WRONG, complain
from sim.apps.noticed import notice_measure, notice_measures, notice_scenario
from sim.apps.options import Plugins, Set, read_settings
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.experiments.kinds.study import Study


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Scenarios, measures or experiments."),
    ],
    set_: Set = None,
    plugin: Plugins = None,
) -> None:
    """Check scenarios, measures, experiments and targets.

    Print one line per file: ok, or each error with file, line, column and key.  Rules are put into
    words, and a value that is far from all plausible ones or not used is noticed.
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
    from sim.analysis.experiments.loading import is_experiment
    from sim.core.shipped import GROUPS, located
    from sim.scenario.loading import load_scenario
    from sim.scenario.reading import read_file
    from sim.scenario.rules_in_words import rules_in_words
    from sim.scenario.small_markets import notice

    file = located(file, *GROUPS)
    document = read_file(file)
    if file.parent.name == "measures" or {"overrides", "package", "thesis"} & set(document.data):
        return checked_measure(file)
    if is_experiment(document):
        return checked_experiment(file)
    if "targets" in document.data:
        return checked_targets(file)
    scenario = load_scenario(file, set=settings)
    stated = {".".join(map(str, key)) for key in document.positions}
    notice_scenario(file, scenario, stated | set(settings))
    small = notice(scenario)
    head = (
        f"scenario {scenario.name}: {scenario.firms.count:,} firms, {scenario.horizon} months, "
        f"banks: {', '.join(scenario.banks)}{scenario.rules_shown}{small and f' ({small})'}"
    )
    return "\n  ".join([head, *rules_in_words(scenario)])


def checked_experiment(file: Path) -> str:
    """Return a description of an experiment; its arms are built, but for joint ones of measures."""
    from sim.analysis.experiments.kinds.banks import Several
    from sim.analysis.experiments.kinds.calibration import Calibration
    from sim.analysis.experiments.kinds.factorial import Factorial
    from sim.analysis.experiments.kinds.field import FieldStudy
    from sim.analysis.experiments.kinds.plan import Planned
    from sim.analysis.experiments.kinds.study import Study
    from sim.analysis.experiments.loading import load_experiment
    from sim.apps.batch import small_markets

    found = load_experiment(file)
    content, text = found.content, f"{found.kind} {found.name}"
    if isinstance(found, Planned):
        few = "; ".join(small_markets(found.plan))
        counts = f"{len(found.plan.arms):,} arms on {len(found.plan.seeds):,} seeds"
        return f"{text}: {counts}{few and f' ({few})'}"
    if isinstance(found, Several):
        for study in found.studies.values():
            try_arms(study)
        return f"{text}: {', '.join(found.studies)}"
    if isinstance(found, Factorial):
        return f"{text}: {len(found.factors)} factors, {len(found.arms):,} combinations"
    if isinstance(found, FieldStudy):
        return f"{text}: {len(content.findings)} findings, {len(content.arms)} arms"
    if isinstance(found, Calibration):
        return f"{text}: {len(found.targets.targets)} targets, {len(content.arms)} arms"
    if isinstance(found, Study):
        try_arms(found)
        notice_measures(found)
        return f"{text}: {len(found.measures)} measures, {len(content.claims)} claims"
    return f"{text}: {len(content.arms)} arms, {len(content.claims)} claims"


def try_arms(study: Study) -> None:
    """Build the arms that the file names; raise `RequestError` at the line that is wrong."""
    from sim.analysis.study.arms import arm_named, scenario_of
    from sim.analysis.study.claiming import claims_of
    from sim.analysis.study.robust_trial import check_robust
    from sim.core.names import BASE, PACKAGE

    claims = claims_of(study)
    for name in (BASE, PACKAGE, *study.measures, *study.content.arms):
        scenario_of(study, arm_named(study, name))
    check_robust(study, claims, named=True)


def checked_targets(file: Path) -> str:
    """Return a description of target bands."""
    from sim.analysis.experiments.targets import read_targets

    found = read_targets(file)
    return f"targets: {len(found.targets)} bands, {len(found.parameters)} free parameters"


def checked_measure(file: Path) -> str:
    """Return a description of a measure; its keys are checked on the base next to its folder."""
    from sim.scenario.loading import load_scenario
    from sim.scenario.measure import joined_keys, load_measure

    measure = load_measure(file)
    base = file.parent.parent / "baseline.yaml"
    number = len(measure.keys)
    text = f"measure {measure.name} of package {measure.package}: {number} key{'s'[: number > 1]}"
    if not base.exists():
        return f"{text}, not tried, since there is no {base}"
    keys, places = joined_keys([measure])
    notice_measure(file, load_scenario(base).with_(keys, places=places), keys)
    return f"{text}, tried on {base}"
