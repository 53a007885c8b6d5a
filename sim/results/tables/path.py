"""Bad loans over time: the ratio at the year-ends, scenario by scenario."""

from __future__ import annotations

from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import EMPTY, Block, Column, Table, estimates, stored, words


@table("details", 20)
def path(results: Results) -> Table | None:
    """Return the bad-loan ratio of each scenario, a month in each pair of columns."""
    rows = results.known("path")
    if rows is None:
        return None
    months = sorted(int(month) for month in rows["month"].unique())
    at = {(one["arm"], int(one["month"])): one for _, one in rows.iterrows()}
    lines = []
    for arm in dict.fromkeys(["base", "package", *rows["arm"]]):
        found = [at.get((arm, month)) for month in months]
        cells = [EMPTY if one is None else stored(one, "mean", 100.0) for one in found]
        lines.append([words(results.title_of(arm)), *(cell for pair in cells for cell in pair)])
    return Table(
        "path",
        "Bad loans over time, % of gross loans",
        [Column("Scenario"), *estimates(*(f"Month {month}" for month in months))],
        [Block("", lines)],
        "Means over the seeds. These intervals are wide because firms and economy differ between "
        "seeds; differences between rows are known far more precisely.",
    )
