"""Tables of one kind of row per outcome: a block for each outcome, the one that ranks first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.results.folder import Results
from sim.results.table import Block, Row, words
from sim.results.units import scale_of
from sim.results.wording import plain

if TYPE_CHECKING:
    import pandas as pd


def blocks_by_outcome(
    results: Results, rows: pd.DataFrame, row: Callable[[Any, float], Row], unit: bool = True
) -> list[Block]:
    """Return a block per outcome, in the order of the study.

    `row` gets a stored row and the factor from stored to shown numbers; `unit` puts the unit of
    differences into the heading.  With several banks, a bank's name precedes each row's own.
    """
    from sim.outcomes import METRICS

    order = list(dict.fromkeys([*results.study.get("metrics", []), *rows["metric"]]))
    several = rows["bank"].nunique() > 1
    blocks = []
    for name in order:
        part = rows[rows["metric"] == name]
        if not len(part):
            continue
        scale = scale_of(METRICS[name].unit)
        heading = ", ".join([METRICS[name].title, *([scale.difference] * unit)]).removesuffix(", ")
        found = []
        for _, one in part.iterrows():
            first, *others = row(one, scale.factor)
            label = f"{plain(str(one['bank']))}: {first.text}" if several else first.text
            found.append([words(label), *others])
        blocks.append(Block(heading, found))
    return blocks
