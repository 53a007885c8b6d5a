"""The base case in a calm economy and without planned growth stays as it begins, for ten years.

24 seeds are too few for the bands of `python -m experiments.steady_state`: what the economy does to
them in ten years moves default as much as that.  So no outcome may be shown to move, and what the
bank's plan adds to any change, which common random numbers tell well, must be within twice the
bands.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from experiments.in_chunks import in_chunks
from sim.analysis.equivalence import equivalence
from sim.analysis.steady_state import (
    COMPARED,
    OUTCOMES,
    Outcome,
    calm,
    compared_years,
    joined,
    monthly,
)
from sim.core.arrays import Floats
from sim.scenario.loading import load_scenario

pytestmark = pytest.mark.thorough

SEEDS = range(1, 25)
MONTHS = 120
WIDER = 2.0  # than the bands for 192 seeds
NO_PLAN = {
    "banks.main.growth_target": -1.0,
    "burn_in.banks.main.growth_target": -1.0,
    "banks.main.staffing.follows_plan": False,  # as many officers as with a plan of no growth
}


def of_seeds(settings: dict[str, Any], seeds: Sequence[int]) -> dict[str, Floats]:
    """Return what some seeds of the base case give, month by month, in a calm economy."""
    return monthly(calm(load_scenario("baseline"), MONTHS).with_(settings), seeds)


def run(settings: dict[str, Any]) -> dict[str, Floats]:
    return joined(in_chunks(functools.partial(of_seeds, settings), SEEDS))


def change(outcome: Outcome, found: dict[str, Floats]) -> Floats:
    """Return the last three years less the first three, (seeds,)."""
    first, last = (
        outcome.of({name: values[part].sum(axis=0) for name, values in found.items()})
        for part in (slice(COMPARED), slice(-COMPARED, None))
    )
    return np.asarray(last - first)


def test_ten_calm_years_stay_as_they_begin() -> None:
    base, without = run({}), run(NO_PLAN)
    rows = compared_years(base)
    assert [row.name for row in rows if row.verdict == "moves"] == []
    for outcome, row in zip(OUTCOMES, rows, strict=True):
        by_plan = change(outcome, base) - change(outcome, without)
        shown = equivalence(by_plan, WIDER * row.band)
        assert shown.p < 0.05, (outcome.name, shown)
