"""How the report on levers pulls a lever, and which process must answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

TWINS = "twins"  # in `acts_with`: the name of a second bank that has the policies of the first


class Pulled(NamedTuple):
    """What a lever's declaration says for the report.

    `extremes` are the lowest and the highest plausible value.  `process` names what the lever
    itself moves, separated by blanks: columns of the ledger, outcomes, or processes that
    `sim.model.processes` lists.  `acts_with` holds, by dotted key, what must be set for it to act.
    """

    extremes: tuple[Any, Any]
    process: str
    acts_with: Mapping[str, Any] = {}


def pulled_of(said: Any) -> Pulled | None:
    """Return what a field keeps of it, None where that is nothing."""
    return Pulled(**said) if said else None
