"""The interaction of each pair of measures: joint effect less the sum of both."""

from __future__ import annotations

from typing import Any

from sim.analysis.decisive import decisive_intervals
from sim.outcomes import METRICS
from sim.results.by_outcome import blocks_by_outcome
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import DECIDED_BY, DECIDING, Column, Row, Table, decided, estimates, words
from sim.results.units import scale_of


@table("details", 60)
def together(results: Results) -> Table | None:
    """Return every pair, and whether its interaction is significant for all pairs together."""
    rows = results.known("interactions")
    if rows is None:
        return None

    rows = rows.rename(columns={"interaction": "difference"}).assign(family="all")
    rows = decisive_intervals(rows, "family")  # one family: all pairs, outcomes and banks

    def row(one: Any, factor: float) -> Row:
        log_odds = one["scale"] == "log-odds"
        unit = "log-odds" if log_odds else scale_of(METRICS[one["metric"]].unit).difference
        cells = decided(one, 1.0 if log_odds else factor)
        pair = f"{results.title_of(one['first'])} with {results.title_of(one['second'])}"
        sure = "yes" if one["p_holm"] <= 0.05 else "no"
        return [words(pair), *cells, words(unit), words(sure)]

    return Table(
        "together",
        "Interactions: joint effect of two measures less the sum of both",
        [
            Column("Measures"),
            *estimates("Difference", interval=DECIDING),
            Column("Unit"),
            Column("Significant"),
        ],
        blocks_by_outcome(results, rows, row, unit=False),
        "0: no interaction. Probabilities are compared on the log-odds scale, on which effects add "
        "up. Significant: after correction for all pairs and outcomes (Holm). " + DECIDED_BY,
        lead=1,
    )
