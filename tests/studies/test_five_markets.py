"""Five banks in five markets: no two agree in every key of the market, and the page says so."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from experiments.five_markets import BANKS, differences, outcomes, row

PAGE = Path(__file__).parents[2] / "docs/five_markets.md"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Return the keys in which the markets differ."""
    return differences()


@pytest.mark.parametrize(("one", "other"), list(combinations(BANKS, 2)))
def test_no_two_banks_share_a_market(table: pd.DataFrame, one: str, other: str) -> None:
    assert (table[one].map(repr) != table[other].map(repr)).sum() >= 4


def test_the_page_holds_every_key_that_differs(table: pd.DataFrame) -> None:
    lines = PAGE.read_text().splitlines()
    for key, values in table.iterrows():
        assert row([key, *values]) in lines


@pytest.mark.thorough
def test_outcomes_have_an_interval() -> None:
    found = outcomes("foreign", 2)
    assert " ± " in found["approval_rate"]
    assert 20 < float(found["loans_per_officer"].split()[0]) < 300
