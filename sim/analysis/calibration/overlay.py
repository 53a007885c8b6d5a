"""The values of a fit as a scenario file: what differs from the base, with where it comes from."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sim.analysis.calibration.fitting import CalibrationFit
from sim.analysis.experiments.kinds.calibration import Calibration
from sim.core.errors import RequestError
from sim.core.shipped import located
from sim.runs.layout import refused
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario


def write_overlay(
    goals: Calibration, found: CalibrationFit, file: Path, command: str, seeds: int
) -> Scenario:
    """Write a scenario that extends the calibration's base, and return it as read.

    `seeds` is on how many the fit was made.  Raises `RequestError` where the file cannot be
    written, or would not be the scenario that was fitted, as for a key of a bank whose burn-in has
    policies of its own; then an earlier file stays.
    """
    import yaml

    values = {**goals.content.assumed, **found.values}
    base = Path(
        os.path.relpath(
            located(goals.content.base, "scenario", beside=goals.path.parent), file.resolve().parent
        )
    ).as_posix()
    head = {"extends": base, "why": goals.content.title}
    text = (
        f"# Made by `{command}`; do not edit.\n"
        f"# Objective {found.objective:.4g} after {found.tried} points on "
        f"{seeds} seeds; left out: {_left_out(goals.content.without)}.\n"
    )
    body = yaml.safe_dump({**head, **_nested(values)}, sort_keys=False, width=96)
    wanted = goals.base.with_(values, throughout=values)
    with refused(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{file.stem}-", dir=file.parent) as temporary:
            draft = Path(temporary) / file.name
            beside = yaml.safe_dump({**head, "extends": str(file.parent.resolve() / base)})
            draft.write_text(beside + yaml.safe_dump(_nested(values)), encoding="utf-8")
            read = load_scenario(draft)
            if any(_at(read, month) != _at(wanted, month) for month in (0, 1)):
                raise RequestError(f"{file}: as a file these values do not reach the burn-in")
            draft.write_text(text + body, encoding="utf-8", newline="\n")
            os.replace(draft, file)
    return load_scenario(file)


def _left_out(measured: Sequence[str]) -> str:
    return f"targets measured {' and '.join(measured)}" if measured else "nothing"


def _at(scenario: Scenario, month: int) -> list[Any]:
    """Return what applies in a month, as plain data."""
    data = scenario.model_dump(mode="json")
    banks = {name: one.model_dump(mode="json") for name, one in scenario.banks_in(month).items()}
    economy = scenario.economy_in(month).model_dump(mode="json")
    return [data["firms"], data["mechanisms"], data["horizon"], banks, economy]


def _nested(values: Mapping[str, float]) -> dict[str, Any]:
    """Return dotted keys as nested mappings."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        *path, last = key.split(".")
        here = found
        for part in path:
            here = here.setdefault(part, {})
        here[last] = value
    return found
