"""How a scenario is changed by dotted key, from month 1 on or with its burn-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.analysis.calibration.targets import Targets
from sim.core.errors import RequestError
from sim.scenario.schema import Scenario

PATH = tuple(f"economy.macro.{name}" for name in ("start", "months", "ramp", "shift"))


def changed(scenario: Scenario, settings: Mapping[str, Any], throughout: bool = False) -> Scenario:
    """Return the scenario with each dotted key set; a mapping replaces the whole part.

    With `throughout` the banks and the economy of the burn-in, where it has its own, are changed
    in the same way, except for the path of the economy.  Raises `RequestError` for an unknown key.
    """
    data = scenario.model_dump(mode="json")
    for key, value in settings.items():
        _set(data, key, value)
        part = key.split(".")[0]
        before = data["burn_in"].get(part)
        if throughout and before is not None and key not in PATH:
            _set(data["burn_in"], key, value)
    return Scenario.model_validate_json(_json(data))


def variant_of(scenario: Scenario, targets: Targets, name: str) -> Scenario:
    """Return the scenario under a variant of the targets file; `base` changes nothing."""
    if name == "base":
        return scenario
    variant = targets.variants[name]
    return changed(scenario, variant.set, variant.throughout)


def _set(data: dict[str, Any], key: str, value: Any) -> None:
    *way, last = key.split(".")
    for part in way:
        if part not in data:
            raise RequestError(f"{key}: there is no '{part}' in this scenario")
        data = data[part]
    if last not in data:
        raise RequestError(f"{key}: there is no '{last}' in this scenario")
    data[last] = value


def _json(data: dict[str, Any]) -> str:
    import json

    return json.dumps(data)
