"""What the model's default data collector records: a few series, summed over the banks.

Mesa's `batch_run` requires every model to have a collector.  This one reads no agents; to collect
other series, replace it by another collector.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from sim.mesa_adapter.parts import DataCollector

TOTALS = (
    "applications", "approved", "disbursed", "defaults", "npl", "gross_loans", "profit", "equity",
)  # fmt: skip


def default_collector() -> Any:
    """Return a collector of seed, month, NPL ratio, and entries of the ledger."""
    reporters = {"seed": _seed, "month": "month", "npl_ratio": "npl_ratio"}
    return DataCollector(reporters | {name: partial(_total, name) for name in TOTALS})


def is_default(collector: Any) -> bool:
    """Return whether a collector collects what the default one does, and nothing else."""
    if collector is None:
        return False
    usual = default_collector()
    kinds = ("model_reporters", "agent_reporters", "agenttype_reporters", "tables")
    return all(
        list(getattr(collector, kind, ())) == list(getattr(usual, kind, ())) for kind in kinds
    )


def _seed(model: Any) -> int:
    """Return the seed, so that a row of `batch_run` can be repeated."""
    return int(model.market.seeds[0])


def _total(name: str, model: Any) -> float:
    value: float = model.total(name)
    return value
