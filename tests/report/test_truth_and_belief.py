"""The table of truth and belief counts what the loans say, beside the figure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.report.page import page_of
from sim.report.pictures import Picture
from sim.results.folder import read_results
from sim.results.tables.truth_and_belief import truth_and_belief


def test_its_cells_are_the_shares_of_the_loans(studied: Path) -> None:
    results = read_results(studied)
    table = truth_and_belief(results)
    assert table is not None
    loans = results.table("loans")
    decided = loans[loans["decision"].isin(["approved", "refused"]) & loans["good"].notna()]
    for block, arm in zip(table.blocks, ("base", "package"), strict=True):
        mine = decided[decided["arm"] == arm]
        cells = [row[at].values[0] for row in block.rows for at in (1, 3)]
        assert sum(cells) == pytest.approx(100.0)
        shares = []
        for _, seed in mine.groupby("seed"):
            counts = pd.crosstab(seed["good"].astype(bool), seed["decision"]).reindex(
                index=[True, False], columns=["approved", "refused"], fill_value=0
            )
            shares.append(100.0 * counts.to_numpy().ravel() / len(seed))
        assert cells == pytest.approx(sum(shares) / len(shares))
        for row in block.rows:
            for at in (2, 4, 6):
                assert all(0.0 <= end <= 100.0 for end in row[at].values if end == end)


def test_it_stands_beside_its_figure(studied: Path) -> None:
    page = page_of(read_results(studied), [Picture("truth_and_belief", "t", "c", "data:,")])
    assert [one.name for one in page.beside("truth_and_belief")] == ["truth-and-belief"]
    assert page.beside("claims") == []
