"""The values of a fit as a scenario file: what differs from the base, with where it comes from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sim.analysis.calibration.fitting import CalibrationFit, number_at, refuse_unfit
from sim.analysis.experiments.kinds.calibration import Calibration
from sim.core.errors import RequestError
from sim.core.shipped import located
from sim.runs.layout import refused
from sim.scenario.extending import read_extended
from sim.scenario.loading import load_scenario
from sim.scenario.phases import widened
from sim.scenario.schema import Scenario
from sim.scenario.strength import value_at

MADE = "# Made by `"


def write_overlay(
    goals: Calibration, found: CalibrationFit, file: Path, command: str, seeds: int
) -> Scenario:
    """Write a scenario that extends the calibration's base, and return it as read.

    `seeds` is on how many the fit was made.  Raises `RequestError` as `refuse_no_overlay` does;
    then an earlier file stays.
    """
    text = (
        f"{MADE}{command}`; do not edit.\n"
        f"# Objective {found.objective:.4g} after {found.tried} points on "
        f"{seeds} seeds; left out: {_left_out(goals.content.without)}.\n"
    )
    with _draft(goals, found.values, file) as (draft, body):
        draft.write_text(text + body, encoding="utf-8", newline="\n")
        os.replace(draft, file)
    return load_scenario(file)


def refuse_no_overlay(goals: Calibration, file: Path) -> None:
    """Raise `RequestError` where a fit could not be written to this file.

    It cannot where the file cannot be written, would not be the scenario that was fitted, is part
    of the base itself, or is there already and was not made by a fit.
    """
    if goals.content.set:
        raise RequestError(
            f"{goals.path}: what `set` says would not be in {file}; put it into the base"
        )
    read = read_extended(_base(goals)).positions.values()
    if file.resolve() in {Path(marks.value.origin).resolve() for marks in read}:
        raise RequestError(f"{file}: the base is made of this file; choose another name")
    with refused(file):
        if file.exists() and not file.read_bytes().startswith(MADE.encode()):
            raise RequestError(
                f"{file}: there is such a file already, and no fit made it; choose another name"
            )
    refuse_unfit(goals, goals.base)
    values = {one.key: number_at(goals.base, one.key) for one in goals.targets.parameters}
    with _draft(goals, values, file):
        pass


def _base(goals: Calibration) -> Path:
    return located(goals.content.base, "scenario", beside=goals.path.parent)


@contextmanager
def _draft(
    goals: Calibration, fitted: Mapping[str, float], file: Path
) -> Iterator[tuple[Path, str]]:
    """Yield a place beside `file` and what to write there: a scenario that was read and is right.

    Raises `RequestError` where it is not.
    """
    import yaml

    values = {**goals.content.assumed, **fitted}
    base, named = _base(goals), goals.content.base
    if (goals.path.parent / named).exists() or Path(named).exists():
        named = Path(os.path.relpath(base, file.resolve().parent)).as_posix()
    settings = _nested(_throughout(goals.base, values))

    def written(extended: str) -> str:
        head = {"extends": extended, "why": goals.content.title}
        return yaml.safe_dump({**head, **settings}, sort_keys=False, width=96, allow_unicode=True)

    wanted = goals.base.with_(values, throughout=values)
    with refused(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{file.stem}-", dir=file.parent) as temporary:
            draft = Path(temporary) / file.name
            draft.write_text(written(str(base.resolve())), encoding="utf-8")
            read = load_scenario(draft)
            if any(_at(read, month) != _at(wanted, month) for month in (0, 1)):
                raise RequestError(
                    f"{file}: no file can say that these values hold before month 1 too, where "
                    f"the banks of {base} have policies of another kind"
                )
            yield draft, written(named)


def _throughout(base: Scenario, values: Mapping[str, float]) -> dict[str, Any]:
    """Return the settings of a file whose values hold in the months before month 1 too.

    A file that states a burn-in copies its banks and its economy into it, so what differs there is
    stated too.
    """
    settings, _ = widened(base, values, values, (), {})
    if len(settings) > len(values):
        wanted = base.with_(values, throughout=values)
        before, after = (_of_month(wanted, month) for month in (0, 1))
        settings |= {
            f"burn_in.{key}": value for key, value in before.items() if after.get(key) != value
        }
    return _kinds(base, settings) | settings


def _of_month(scenario: Scenario, month: int) -> dict[str, Any]:
    """Return banks and economy of a month, by dotted key."""
    banks = {name: one.model_dump(mode="json") for name, one in scenario.banks_in(month).items()}
    return _flat({"banks": banks, "economy": scenario.economy_in(month).model_dump(mode="json")})


def _flat(data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return nested mappings by dotted key; a lever's rules are one value."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, Mapping) and value and "when" not in value:
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = value
    return found


def _kinds(base: Scenario, settings: Iterable[str]) -> dict[str, str]:
    """Return the kinds of the policies that settings belong to, which the base may leave unsaid."""
    data, found = base.model_dump(mode="json"), {}
    for key in settings:
        parts = key.split(".")
        for end in range(1, len(parts)):
            place = ".".join([*parts[:end], "kind"])
            if isinstance(kind := value_at(data, place), str):
                found[place] = kind
    return found


def _left_out(measured: Sequence[str]) -> str:
    return f"targets measured {' and '.join(measured)}" if measured else "nothing"


def _at(scenario: Scenario, month: int) -> list[Any]:
    """Return what applies in a month, as plain data."""
    data = scenario.model_dump(mode="json")
    banks = {name: one.model_dump(mode="json") for name, one in scenario.banks_in(month).items()}
    economy = scenario.economy_in(month).model_dump(mode="json")
    return [data["firms"], data["mechanisms"], data["horizon"], banks, economy]


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return dotted keys as nested mappings."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        *path, last = key.split(".")
        here = found
        for part in path:
            here = here.setdefault(part, {})
        here[last] = value
    return found
