"""The month: every step of the plan in its order, with its rule and its posting."""

from __future__ import annotations

from typing import Any

TITLE = (
    "The month. A rule finds a fact and changes nothing; its posting writes the fact down. A step"
    " marked 'bank' runs for each bank in turn."
)
COLUMNS = ("part", "step", "runs for", "what happens", "rule", "posting", "writes")
PROSE = ("part", "what happens")
SECTION = "part"


def rows() -> list[tuple[Any, ...]]:
    """Return one row per step."""
    from sim.model.month import PLAN
    from sim.model.plan_edits import described

    return [
        (
            one.part, one.name, "bank" if one.by_bank else "market", one.does,
            one.rule.removeprefix("sim."), one.posting.removeprefix("sim."),
            ", ".join(one.writes),
        )
        for one in described(PLAN)
    ]  # fmt: skip
