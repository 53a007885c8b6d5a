"""Package and measures at the base's mean rate: the margin closes the gap, and what is left."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.analysis.study.same_rate import with_margin
from sim.apps.results_text import text_of_study
from sim.runs.plan import Plan
from sim.scenario.loading import load_scenario
from tests.studies.ledgers import MONTHS, STUDY, write_study
from tests.studies.stored import stored

ROOT = Path(__file__).parents[2]
FILE = STUDY.replace("claims:", "same_rate: {seeds: 3, rounds: 2}\nclaims:")
LARGER, DEARER = 0.3, 0.1  # what a unit of sensitivity, of visits, does to the mean rate


def priced(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Books whose profit is 1,000 times the rate, which margins move by .8 of themselves."""
    runs, months = [], []
    for arm, scenario in plan.arms.items():
        bank = scenario.banks["main"]  # type: ignore[attr-defined]
        visits = bank.monitoring.monthly - 0.08
        raised = LARGER * (bank.pricing.sensitivity - 0.2) + DEARER * visits
        for seed in plan.seeds:
            noise = 1e-3 * np.random.default_rng(seed).normal()
            rate = 0.07 + noise + raised + 0.8 * bank.pricing.margin
            runs.append(
                {"arm": arm, "seed": seed, "bank": "main", "mean_rate": rate}
                | {"default_rate": 0.05 - 0.02 * visits + noise, "profit": 1000 * rate}
                | {"cost": 100 + 40 * visits, "defaults": 3.0}
            )
            months += [
                {"arm": arm, "seed": seed, "bank": "main", "month": month, "npl_ratio": rate}
                | {"profit_before_tax": 4.0, "tax": 1.0}
                for month in (1, MONTHS)
            ]
    return pd.DataFrame(runs), pd.DataFrame(months)


@pytest.mark.thorough
def test_the_gap_closes_and_only_what_is_no_price_is_left(tmp_path: Path) -> None:
    plans: dict[str, Plan] = {}

    def kept(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        plans[name] = plan
        return priced(plan, name)

    findings = conduct(load_study(write_study(tmp_path, FILE)), kept, seeds=4)
    table = findings.same_rate
    assert table is not None
    assert [name for name in plans if name.startswith("same_rate/")] == [
        "same_rate/1", "same_rate/2", "same_rate/3",
    ]  # fmt: skip
    package = table[table["arm"] == "package"].set_index("metric")
    gap = float(package["gap"].iloc[0])
    first = LARGER * (0.9 - 0.2) + DEARER * (0.3 - 0.08)
    assert gap == pytest.approx(-first * 0.2**2, rel=1e-6)  # each round leaves a fifth
    assert package.loc["profit", "difference"] == pytest.approx(-1000 * gap, rel=1e-6)
    assert package.loc["default_rate", "difference"] == pytest.approx(-0.02 * 0.22, rel=1e-6)
    shown = text_of_study(stored(findings, plans[""], tmp_path / "out"), 100)
    assert "At the base's mean rate" in shown


def test_without_the_block_and_in_a_first_look_nothing_of_it_is_run(tmp_path: Path) -> None:
    assert conduct(load_study(write_study(tmp_path, FILE)), priced, quick=True).same_rate is None
    assert conduct(load_study(write_study(tmp_path, STUDY)), priced, seeds=4).same_rate is None


def test_a_margin_is_added_to_that_of_the_arm_from_month_1_on() -> None:
    base = load_scenario(ROOT / "scenarios/baseline.yaml", set={"banks.main.pricing.margin": 0.01})
    moved = with_margin(base, 0.004, "main")
    assert moved.banks["main"].pricing.margin == pytest.approx(0.014)
    assert moved.banks_in(0)["main"].pricing.margin == base.banks_in(0)["main"].pricing.margin
    assert with_margin(base, 0.0, "main") is base


def test_an_arm_without_new_loans_keeps_its_margin(tmp_path: Path) -> None:
    def none_granted(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        runs, months = priced(plan, name)
        runs.loc[runs["arm"] == "package", "mean_rate"] = np.nan
        return runs, months

    table = conduct(load_study(write_study(tmp_path, FILE)), none_granted, seeds=4).same_rate
    assert table is not None
    package = table[table["arm"] == "package"]
    assert (package["margin"] == 0.0).all()
    assert np.isfinite(table["gap"]).all()
