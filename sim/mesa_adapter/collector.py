"""What the model's default data collector records: a few series, summed over the banks.

Mesa's `batch_run` requires every model to have a collector.  This one reads no agents; to collect
other series, replace it by another collector.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.mesa_adapter.parts import DataCollector

TOTALS = (
    "applications", "approved", "disbursed", "defaults", "npl", "gross_loans", "profit", "equity",
)  # fmt: skip


def default_collector() -> Any:
    """Return a collector of seed, month, NPL ratio, and entries of the ledger."""
    reporters = {"seed": _seed, "month": "month", "npl_ratio": "npl_ratio"}
    return DataCollector(reporters | {name: _total(name) for name in TOTALS})


def _seed(model: Any) -> int:
    """Return the seed, so that a row of `batch_run` can be repeated."""
    return int(model.market.seeds[0])


def _total(name: str) -> Callable[[Any], float]:
    def total(model: Any) -> float:
        value: float = model.total(name)
        return value

    return total
