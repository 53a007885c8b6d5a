"""A factorial experiment: its arms, main effects and interactions, and what it refuses."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.experiments.kinds.factorial import load_factorial
from sim.analysis.factorial import conduct_factorial, interactions, main_effects
from sim.core.errors import RequestError
from sim.runs.plan import Plan

ROOT = Path(__file__).parents[2]
FACTORS = {"a": ("no", "yes"), "b": ("none", "some", "much")}
ARMS = {levels: ", ".join(levels) for levels in itertools.product(*FACTORS.values())}
FILE = f"""\
kind: factorial
title: Two factors
hypothesis: none
base: {ROOT}/scenarios/baseline.yaml
set: {{firms.count: 60, horizon: 3, burn_in.months: 2}}
metrics: [profit]
seeds: {{quick: 2, full: 2}}
factors:
  price:
    low: {{}}
    high: {{set: {{banks.main.pricing.margin: 0.05}}}}
  visits:
    few: {{}}
    many: {{set: {{banks.main.monitoring.monthly: 0.5}}}}
"""


def written(folder: Path, text: str = FILE) -> Path:
    file = folder / "two.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_effects_of_an_additive_world_are_the_ones_put_in() -> None:
    put_in = {"no": 0.0, "yes": 2.0, "none": 0.0, "some": 1.0, "much": 5.0}
    value = {arm: sum(put_in[level] for level in levels) for levels, arm in ARMS.items()}
    for words, weights in main_effects(FACTORS, ARMS):
        effect = sum(weight * value[arm] for arm, weight in weights.items())
        assert effect == pytest.approx(put_in[words["level"]])
    for _, weights in interactions(FACTORS, ARMS):
        assert sum(weight * value[arm] for arm, weight in weights.items()) == pytest.approx(0.0)


def test_an_interaction_is_what_two_levels_do_beyond_their_sum() -> None:
    value = {arm: 7.0 * (levels == ("yes", "much")) for levels, arm in ARMS.items()}
    found = {
        (words["level"], words["other_level"]): sum(w * value[arm] for arm, w in weights.items())
        for words, weights in interactions(FACTORS, ARMS)
    }
    assert found == {("yes", "some"): 0.0, ("yes", "much"): pytest.approx(7.0)}


def test_weights_of_every_contrast_add_up_to_nothing() -> None:
    for _, weights in [*main_effects(FACTORS, ARMS), *interactions(FACTORS, ARMS)]:
        assert sum(weights.values()) == pytest.approx(0.0)


def test_differences_are_paired_over_seeds(tmp_path: Path) -> None:
    experiment = load_factorial(written(tmp_path))
    noise = {1: 100.0, 2: -300.0}

    def carry_out(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        rows = [
            {"arm": arm, "seed": seed, "bank": "main",
             "profit": noise[seed] + 10.0 * ("high" in arm) + ("many" in arm) + seed * 1e-6}
            for arm in plan.arms
            for seed in plan.seeds
        ]  # fmt: skip
        return pd.DataFrame(rows), pd.DataFrame()

    found = conduct_factorial(experiment, carry_out, quick=True)
    effects = found.main_effects.set_index("factor")
    assert effects.loc["price", "difference"] == pytest.approx(10.0)
    assert effects.loc["visits", "difference"] == pytest.approx(1.0)
    assert np.ptp(effects.loc["price", ["low", "high"]].astype(float)) < 1e-6
    assert len(found.arms) == 4


def test_every_combination_of_the_shipped_grid_is_its_own_scenario() -> None:
    experiment = load_factorial(ROOT / "experiments/policies.yaml")
    assert len(experiment.arms) == 54
    assert len({scenario.hash for scenario in experiment.arms.values()}) == 54
    usual = experiment.arms["screening usual, pricing usual, care usual, diligence equal"]
    assert usual.banks["main"].monitoring.watch().proceeds_check > 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  price:\n", "  a, b:\n", r"two\.yaml:10:5: factors\.a, b: a comma joins the levels"),
        ("    high: {set: {banks.main.pricing.margin: 0.05}}\n", "", "name at least two levels"),
        ("metrics: [profit]", "metrics: [profits]", "no metric called 'profits'"),
        ("metrics: [profit]", "metrics: []", "name at least one outcome"),
        (
            "banks.main.monitoring.monthly: 0.5",
            "horizon: 4",
            r"two\.yaml:9:\d+: factors: .* cannot be compared: horizon is 3 and 4 months",
        ),
        ("metrics: [profit]", "metrics: [profit, profit]", "'profit' is named twice"),
        ("banks.main.pricing.margin", "banks.main.pricing.margins", r"two\.yaml:11:\d+: .*margins"),
        ("banks.main.monitoring.monthly: 0.5", "banks.main.pricing.margin: 0.1", "price high sets"),
        ("seeds:", "arms: {x: {}}\nseeds:", "the arms are the combinations of levels"),
        ("many: {set", "many: {measures: [none], set", "no measure called 'none'"),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in FILE
    with pytest.raises(RequestError, match=message) as refused:
        _ = load_factorial(written(tmp_path, FILE.replace(old, new))).arms
    assert "\n" not in str(refused.value)


def test_a_level_sets_what_the_file_sets_for_all_others(tmp_path: Path) -> None:
    text = FILE.replace("set: {firms", "set: {banks.main.pricing.margin: 0.01, firms")
    arms = load_factorial(written(tmp_path, text)).arms
    margins = {name: arm.banks["main"].pricing.margin for name, arm in arms.items()}
    assert margins == {
        "price low, visits few": 0.01, "price low, visits many": 0.01,
        "price high, visits few": 0.05, "price high, visits many": 0.05,
    }  # fmt: skip
