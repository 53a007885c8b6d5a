"""How a scenario is changed by dotted key, from month 1 on or with its burn-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.analysis.calibration.targets import Targets
from sim.scenario.schema import Scenario

PATH = tuple(f"economy.macro.{name}" for name in ("start", "months", "ramp", "shift"))


def changed(scenario: Scenario, settings: Mapping[str, Any], throughout: bool = False) -> Scenario:
    """Return the scenario with each dotted key set, as by `Scenario.with_`.

    With `throughout` the banks and the economy of the burn-in, where it has its own, are changed
    in the same way, except for the path of the economy.
    """
    before = {}
    for key, value in settings.items() if throughout else ():
        own = {"banks": scenario.burn_in.banks, "economy": scenario.burn_in.economy}
        if own.get(key.split(".")[0]) is not None and key not in PATH:
            before[f"burn_in.{key}"] = value
    return scenario.with_({**settings, **before})


def variant_of(scenario: Scenario, targets: Targets, name: str) -> Scenario:
    """Return the scenario under a variant of the targets file; `base` changes nothing."""
    if name == "base":
        return scenario
    variant = targets.variants[name]
    return changed(scenario, variant.set, variant.throughout)
