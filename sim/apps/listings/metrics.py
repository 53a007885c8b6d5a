"""Every outcome, with its unit and which direction is better."""

from __future__ import annotations

from typing import Any

TITLE = (
    "Outcomes. Group is the block in which a comparison prints an outcome. Outcomes that are not "
    "judged are left out of that table; a study can name them in its metrics."
)
COLUMNS = ("group", "name", "title", "unit", "better", "judged", "meaning")
PROSE = ("title", "meaning")


def rows() -> list[tuple[Any, ...]]:
    """Return one row per outcome."""
    from sim.outcomes import METRICS

    return [
        (
            one.compute.__module__.rpartition(".")[2],
            one.name, one.title, one.unit, one.better,
            "yes" if one.judged else "no", one.meaning,
        )
        for one in METRICS.values()
    ]  # fmt: skip
