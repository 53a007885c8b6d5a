"""Values to look at again, said on standard error before anybody waits; all are allowed."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.analysis.experiments.kinds.study import Study
    from sim.scenario.schema import Scenario


def notice_scenario(file: Path, scenario: Scenario, stated: Collection[str]) -> None:
    """Say which values of a scenario to look at again; its file states the keys `stated`."""
    from sim.scenario.implausible import notices

    _say(file, notices(scenario, stated))


def notice_measure(file: Path, scenario: Scenario, keys: Collection[str]) -> None:
    """Say which values of a measure to look at again, tried on `scenario`, and which do nothing."""
    from sim.scenario.idle_levers import idle_levers

    notice_scenario(file, scenario, keys)
    _say(file, idle_levers(scenario, keys))


def notice_measures(study: Study) -> None:
    """Say the same of each measure of a study, alone on its base."""
    from sim.analysis.study.arms import arm_named, scenario_of

    for name, measure in study.measures.items():
        alone = scenario_of(study, arm_named(study, name))
        notice_measure(measure.path, alone, measure.keys)


def _say(file: Path, notices: Iterable[str]) -> None:
    for text in notices:
        print(f"{file}: note: {text}", file=sys.stderr)
