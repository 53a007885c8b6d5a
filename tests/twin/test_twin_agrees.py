"""The production model and a second model, written from the equations alone, find the same.

The twin is `experiments/benchmark/twin.py`: plain Mesa objects with random numbers of their own.
Its figures are the independent route to the expected values; sampling error is the only tolerance.
They are stored, since plain objects are slow: `python -m experiments.benchmark.agreement --keep
tests/twin/twin.csv` makes them anew, and a few are simulated again here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.benchmark.agreement import compare, of_production, of_twin

STORED = Path(__file__).with_name("twin.csv")
FIRMS = 400
AGAIN = range(0, 180, 30)  # seeds of the twin that are simulated again
FAR = 3.5  # standard errors


@pytest.fixture(scope="module")
def twin() -> pd.DataFrame:
    return pd.read_csv(STORED, index_col="seed")


def test_the_stored_figures_are_what_the_twin_still_finds(twin: pd.DataFrame) -> None:
    assert len(twin) == 180
    np.testing.assert_allclose(of_twin(AGAIN, FIRMS), twin.loc[list(AGAIN)], rtol=1e-9)


def test_both_models_find_the_same(twin: pd.DataFrame) -> None:
    found = compare(twin, of_production(range(600), FIRMS))
    assert list(found.index) == [
        "default_rate", "npl_ratio", "approval_rate", "loans_per_firm", "return_on_loans",
    ]  # fmt: skip
    assert (found["z"].abs() < FAR).all(), found.to_string()


@pytest.mark.parametrize(
    ("setting", "value", "figure"),
    [
        ("banks.main.approval.pd_max", 0.065, "approval_rate"),
        ("economy.funding_rate", 0.030, "return_on_loans"),
        pytest.param("firms.volatility", 0.12, "default_rate", marks=pytest.mark.thorough),
        pytest.param("banks.main.workout.months", 24, "npl_ratio", marks=pytest.mark.thorough),
        pytest.param(
            "firms.demand.need_monthly", 0.063, "loans_per_firm", marks=pytest.mark.thorough
        ),
    ],
)
@pytest.mark.thorough
def test_another_model_would_be_told_apart(
    twin: pd.DataFrame, setting: str, value: Any, figure: str
) -> None:
    found = compare(twin, of_production(range(240), FIRMS, {setting: value}))
    assert abs(found.loc[figure, "z"]) > FAR, found.to_string()
