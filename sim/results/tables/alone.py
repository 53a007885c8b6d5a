"""The effect of each measure alone, of all together, and of each further scenario."""

from __future__ import annotations

from typing import Any

from sim.core.names import PACKAGE
from sim.results.by_outcome import blocks_by_outcome
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import DECIDED_BY, DECIDING, Column, Row, Table, decided, estimates, words


@table("details", 40)
def alone(results: Results) -> Table | None:
    """Return the effect of every arm on each outcome, a block for each outcome."""
    rows = results.effects
    if rows is None or results.kind != "study" or rows["arm"].nunique() < 2:
        return None

    order = [PACKAGE, *results.account.get("single", {}).values()]
    place = {name: k for k, name in enumerate(dict.fromkeys([*order, *rows["arm"]]))}
    rows = rows.sort_values("arm", key=lambda arm: arm.map(place), kind="stable")

    def row(one: Any, factor: float) -> Row:
        name = words(results.title_of(str(one["arm"])))
        return [name, *decided(one, factor), words(one["verdict"])]

    return Table(
        "alone",
        f"Each measure alone, and each further scenario, against {results.base_words}",
        [
            Column("Measure"),
            *estimates("Difference", interval=DECIDING),
            Column("Verdict", "verdict"),
        ],
        blocks_by_outcome(results, rows, row),
        "Differences of percentages are in percentage points. Verdicts are adjusted for all "
        + ("rows of a block (Holm). " if results.banks else "outcomes of a measure (Holm). ")
        + DECIDED_BY,
        lead=1,
    )
