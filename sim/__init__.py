"""Agent-based simulation of bank lending to small firms under information asymmetry.

The names below are imported when first used, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_MODULES = {
    "load_scenario": "sim.scenario.loading",
    "simulate": "sim.runs.simulating",
    "compare": "sim.apps.comparing",
    "LendingModel": "sim.mesa_adapter.lending_model",
}
__all__ = ["LendingModel", "compare", "load_scenario", "simulate"]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    return getattr(import_module(_MODULES[name]), name)
