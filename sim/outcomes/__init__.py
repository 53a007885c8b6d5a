"""What is judged: one decorated function per outcome, each with its unit and better direction.

May import: core, credit, state.
Never: steers anything, or sees more than what the ledger recorded.
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
