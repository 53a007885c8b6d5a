"""The best combinations: which no other beats, and a choice that is judged on other seeds."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from sim.analysis.study.best_combinations import best_combinations, undominated

PARTS = ("a", "b", "c")
ARMS = {
    frozenset(some): " + ".join(some) or "base"
    for size in range(4)
    for some in itertools.combinations(PARTS, size)
}
PROFIT = {"a": 3.0, "b": -1.0, "c": -5.0}
RISK = {"a": 0.0, "b": -0.02, "c": 0.01}


def runs(seeds: int, noise: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    common = {seed: rng.normal() for seed in range(seeds)}
    return pd.DataFrame(
        {
            "arm": arm, "seed": seed, "bank": "main",
            "default_rate": 0.1 + 0.01 * common[seed] + sum(RISK[one] for one in parts),
            "profit": 50 * common[seed] + sum(PROFIT[one] for one in parts) + noise * rng.normal(),
        }
        for parts, arm in ARMS.items()
        for seed in range(seeds)
    )  # fmt: skip


def found(frame: pd.DataFrame) -> pd.DataFrame:
    table = best_combinations(frame, ARMS, ["default_rate", "profit"], "main")
    assert table is not None
    return table


def test_a_row_is_dominated_by_one_that_is_as_good_and_better_somewhere() -> None:
    good = np.array([[1.0, 1.0], [2.0, 1.0], [1.0, 3.0], [2.0, 1.0], [0.0, 0.0]])
    assert undominated(good).tolist() == [False, True, True, True, False]


def test_the_efficient_combinations_are_those_of_the_arithmetic() -> None:
    table = found(runs(12))
    efficient = set(table.loc[table["efficient"] > 0, "arm"])
    assert efficient == {"a", "a + b"}  # c lowers profit and raises risk; b trades the two
    best = table[(table["arm"] == "a") & (table["metric"] == "profit")].iloc[0]
    assert best["difference"] == pytest.approx(3.0)
    assert best["chosen"]
    assert best["judged"] == pytest.approx(3.0)
    assert best["overstated"] == pytest.approx(0.0, abs=1e-9)


def test_what_is_chosen_among_noise_looks_better_than_it_is() -> None:
    table = found(runs(6, noise=200.0))
    chosen = table[(table["chosen"] > 0) & (table["metric"] == "profit")].iloc[0]
    assert chosen["overstated"] > 0.0
    assert chosen["judged_low"] < 0.0 < chosen["judged_high"]


def test_few_seeds_or_no_profit_give_no_table() -> None:
    assert best_combinations(runs(3), ARMS, ["default_rate", "profit"], "main") is None
    assert best_combinations(runs(12), ARMS, ["default_rate"], "main") is None
