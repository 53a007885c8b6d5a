"""What each arm of a sweep changes, against the first arm of the same base."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.analysis.contrasts import contrast
from sim.analysis.frames import panel
from sim.analysis.intervals import t_interval
from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.swept_words import starts
from sim.results.table import Block, Column, Row, Table, estimate, estimates, words
from sim.results.tables.levels import MAIN
from sim.results.units import scale_of

if TYPE_CHECKING:
    import pandas as pd

MOST = 200  # arms; a design of more is read from the run folder


@table("outcomes", 20)
def swept(results: Results) -> Table | None:
    """Return a block for each main outcome: the paired difference of each further arm."""
    if results.kind != "run" or results.bank_folders or not results.done or results.seeds < 2:
        return None
    runs = results.one_bank("runs")
    pairs = [(base, arm) for base, arm in _pairs(results) if {base, arm} <= set(runs["arm"])]
    if not pairs or len(pairs) > MOST:
        return None
    blocks = []
    for name in MAIN:
        if name in runs:
            scale = scale_of(METRICS[name].unit)
            heading = f"{METRICS[name].title}, {scale.difference}".removesuffix(", ")
            rows = [_row(results, runs, base, arm, name) for base, arm in pairs]
            blocks.append(Block(heading, rows))
    bases = ", ".join(results.title_of(base) for base in dict.fromkeys(base for base, _ in pairs))
    return Table(
        "swept",
        "Differences from the first arm of each base",
        [Column("Arm"), *estimates("Difference")],
        blocks,
        f"Compared with: {bases}. Paired differences on common seeds, with 95 % intervals (t) that "
        "are not adjusted for their number.",
        lead=3,
    )


def _pairs(results: Results) -> Iterator[tuple[str, str]]:
    """Yield each arm after the first arm of its base; without a sweep the first arm is the base."""
    arms = results.arms
    names = starts({arm: results.manifest.arms[arm].chosen for arm in arms})
    first: dict[str, str] = {}
    for arm in arms:
        start = names.get(arm, arm if names else "")
        if start in first:
            yield first[start], arm
        else:
            first[start] = arm


def _row(results: Results, runs: pd.DataFrame, base: str, arm: str, metric: str) -> Row:
    one = panel(runs, [base, arm], [metric], results.bank, "drop")
    found = t_interval(contrast(one, {arm: 1.0, base: -1.0}, metric).values)
    factor = scale_of(METRICS[metric].unit).factor
    ends = (factor * found.mean, factor * found.low, factor * found.high)
    return [words(results.title_of(arm)), *estimate(*ends, sign=True)]
