"""The facts that the rules of a lever may name, and when a bank knows them."""

from __future__ import annotations

from typing import Any

TITLE = (
    "Facts. The rules of a lever (`when`) may name what the bank knows at its moment: before the "
    "investigation (application), at the decision, or in each month of a live loan."
)
COLUMNS = ("fact", "unit", "application", "decision", "loan", "meaning", "values")
PROSE = ("meaning", "values")


def rows() -> list[tuple[Any, ...]]:
    """Return one row per fact."""
    from sim.policies.known_facts import FACTS, Moment

    found = []
    for name, fact in FACTS.items():
        known = ("yes" if moment in fact.moments else "no" for moment in Moment)
        values = "names of the scenario's sectors" if fact.named_by_scenario else fact.names
        listed = values if isinstance(values, str) else ", ".join(values)
        found.append((name, fact.unit, *known, fact.meaning, listed))
    return found
