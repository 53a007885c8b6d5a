"""A comparison's numbers come out by another route, and Python gives the same."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sim
from sim.model.simulate import simulate
from sim.outcomes import METRICS
from sim.scenario.loading import load_scenario
from tests.apps.command import BASE, NAMES, OTHER, SIZE

SEEDS = [1, 2, 3, 4]


@pytest.fixture(scope="module")
def summaries() -> list[pd.DataFrame]:
    """The outcomes of both arms, simulated by themselves."""
    return [simulate(load_scenario(file, set=SIZE), seeds=SEEDS).summary for file in (BASE, OTHER)]


def test_each_outcome_is_the_mean_difference_on_common_seeds(
    compared: Path, summaries: list[pd.DataFrame]
) -> None:
    table = pd.read_csv(compared / "comparison.csv").set_index("metric")
    assert list(table.index) == [name for name, one in METRICS.items() if one.judged]
    for name, row in table.iterrows():
        base, other = (frame[name].to_numpy() for frame in summaries)
        both = np.isfinite(base) & np.isfinite(other)
        difference = other[both] - base[both]
        n = int(both.sum())
        assert row["n"] == n
        if n < 2:
            continue
        half = stats.t.ppf(0.975, n - 1) * difference.std(ddof=1) / math.sqrt(n)
        scale = np.abs(base[both]).max() + np.abs(other[both]).max()
        found = row[["base", "other", "difference", "low", "high"]].astype(float).to_list()
        mean = difference.mean()
        wanted = [base[both].mean(), other[both].mean(), mean, mean - half, mean + half]
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-9 * scale), name
        if half > 1e-9 * scale:
            apart = base[both].var(ddof=1) + other[both].var(ddof=1)
            reduction = apart / difference.var(ddof=1)
            assert row["variance_reduction"] == pytest.approx(reduction, rel=1e-6)


def test_both_arms_start_from_the_same_books(compared: Path) -> None:
    """Month 1 differs by measures alone: what was lent before it is the same to the last yuan."""
    months = pd.read_parquet(compared / "months")
    first = months[months["month"] == 1].set_index(["arm", "seed"]).sort_index()
    before = first["gross_loans"] - first["disbursed"] + first["principal_repaid"]
    before += first["written_off"] + first["sold"]
    base, other = (before.loc[name].to_numpy() for name in NAMES)
    np.testing.assert_allclose(base, other, rtol=1e-9)


def test_python_gives_the_same_table(compared: Path) -> None:
    base, other = (load_scenario(file, set=SIZE) for file in (BASE, OTHER))
    found = sim.compare(base, other, seeds=4)
    assert (found.base, found.others) == (NAMES[0], (NAMES[1],))
    stored = pd.read_csv(compared / "comparison.csv").drop(columns="base_arm")
    pd.testing.assert_frame_equal(found.table, stored, rtol=1e-8, check_dtype=False)
    assert set(found.months["arm"]) == set(NAMES)
    assert str(found).startswith(f"base: {NAMES[0]}; other: {NAMES[1]}; 4 seeds, 6 months")
    named = sim.compare(base, [other], seeds=[3, 1])
    assert sorted(named.runs["seed"].unique()) == [1, 3]
