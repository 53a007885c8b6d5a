"""The event log as plain arrays by name, and a log that goes on from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from sim.model.detail.event_log import EventLog

SLOTS = ("request_at", "loan_at", "grade", "outbid")  # what a log remembers of slots


def log_arrays(log: EventLog) -> dict[str, NDArray[Any]]:
    """Return a copy of all that was logged; nothing before month 1."""
    if not log.begun:
        return {}
    arrays = {f"EventLog.{name}": getattr(log, name).copy() for name in SLOTS}
    for table, rows in (("loans", log.loans), ("events", log.events)):
        arrays |= {f"EventLog.{table}.{name}": column for name, column in rows.arrays().items()}
    return arrays


def fill_log(log: EventLog, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Go on from what another log of the same books had; raises `KeyError` for what is missing."""
    if "EventLog.loan_at" not in arrays:
        return
    log.begun = True
    for name in SLOTS:
        setattr(log, name, arrays[f"EventLog.{name}"].copy())
    for table, rows in (("loans", log.loans), ("events", log.events)):
        rows.fill({name: arrays[f"EventLog.{table}.{name}"] for name in rows.columns})
