"""The base case in a calm economy and without planned growth stays as it begins, for ten years."""

from __future__ import annotations

import functools

import pytest

from experiments.in_chunks import in_chunks
from experiments.steady_state import of_seeds
from sim.analysis.steady_state import compared_years, joined

pytestmark = pytest.mark.thorough

SEEDS = range(1, 25)
MONTHS = 120
# An eighth of the seeds of `python -m experiments.steady_state` give intervals 2.8 times as wide;
# so the bands, .10, .02 for quality and .15 for profit, are wider by what is added to the intervals
# that 192 seeds gave before the cause of a drift was removed.
BANDS = {
    "default a year": 0.20,
    "NPL ratio": 0.22,
    "diverted share": 0.17,
    "approval": 0.12,
    "applicants' quality": 0.03,  # sd, not a share of the level
    "profit over book a year": 0.26,
}


def test_ten_calm_years_stay_as_they_begin() -> None:
    each = functools.partial(of_seeds, "baseline", {}, MONTHS)
    rows = compared_years(joined(in_chunks(each, SEEDS, 0)))
    assert {row.name for row in rows} == set(BANDS)
    for row in rows:
        wide = BANDS[row.name] * (1.0 if row.name == "applicants' quality" else abs(row.level))
        assert -wide <= row.low, row
        assert row.high <= wide, row
