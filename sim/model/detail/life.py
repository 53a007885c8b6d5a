"""One firm's life as a record: what happened, and how firm and loan stood at each month's end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from sim.core.arrays import Rows
from sim.scenario.schema import FirmParams
from sim.state.market import Market

Facts = Mapping[str, Any]


class LifeEvent(NamedTuple):
    """Something that happened to the firm, or that its bank did; `facts` by name."""

    month: int
    kind: str
    facts: Facts


@dataclass
class Life:
    """The life of the firm in one slot: events in their order, and one state per month."""

    firm: str  # its slot and generation
    seed: int
    banks: tuple[str, ...]
    facts: Facts  # of the firm itself
    events: list[LifeEvent] = field(default_factory=list)
    months: list[Facts] = field(default_factory=list)  # at the end of each month


class Following(Protocol):
    """A log that follows one firm, as its parts see it."""

    market: Market
    slot: int
    rows: Rows  # (1,) the slot
    params: FirmParams
    live: bool  # a loan was live when last looked at
    workout: Any

    @property
    def here(self) -> bool: ...

    def at(self, rows: Any) -> int | None: ...

    def note(self, kind: str, **facts: Any) -> None: ...

    def ended(self, kind: str, **facts: Any) -> bool: ...
