"""Outcomes: one decorated function per metric, each with its unit and better direction.

May import: core, credit, state.
Never: controls anything, or uses more than the ledger recorded.
"""

from __future__ import annotations

import importlib
import pkgutil

from sim.outcomes.metric import REGISTERED, Metric


def _load() -> dict[str, Metric]:
    for info in pkgutil.iter_modules(__path__):
        if info.name not in ("metric", "history"):
            importlib.import_module(f"{__name__}.{info.name}")
    return REGISTERED


METRICS: dict[str, Metric] = _load()

__all__ = ["METRICS", "Metric"]
