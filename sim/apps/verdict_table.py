"""Verdicts on claims as a text table: the difference, its interval, and how many seeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from sim.apps.layout import Row


def verdict_table(found: Mapping[str, pd.DataFrame], width: int) -> list[str]:
    """Return a table with a block of claims under each heading."""
    from sim.apps.layout import TextColumn, laid_out

    columns = (
        TextColumn("Claim", prose=True),
        TextColumn("verdict"),
        *(TextColumn(title, number=True) for title in ("difference", "interval", "n")),
    )
    rows: list[Row] = []
    for heading, verdicts in found.items():
        rows.append(heading)
        for _, row in verdicts.iterrows():
            ends = f"{row['low']:.3g} to {row['high']:.3g}"
            rows.append(
                [row["statement"], row["verdict"], f"{row['difference']:+.3g}", ends, str(row["n"])]
            )
    return laid_out(columns, rows, width)
