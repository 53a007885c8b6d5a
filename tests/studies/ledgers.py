"""A game whose shares are known: outcomes are added up from the keys that measures set.

It stands in for the simulator, so that what the engine says can be held against arithmetic.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sim.runs.plan import Plan

MONTHS = 36
EFFECTS = {"visits": -0.010, "price": -0.004, "second": 0.002}  # on the default rate
TOGETHER = -0.006  # visits and price beyond the sum of both

MEASURES = {
    "visits": ("post_loan", "monitoring: {monthly: 0.3}"),
    "price": ("pricing", "pricing: {sensitivity: 0.9}"),
    "second": ("approval", "approval: {review_precision: 2}"),
}
BASE = """\
burn_in: {months: 0}
banks:
  main:
    monitoring: {kind: care}
    pricing: {kind: risk_based}
    approval: {kind: cut_off}
"""
STUDY = """\
kind: study
title: Does it add up?
hypothesis: It does.
base: base.yaml
measures: [visits.yaml, price.yaml, second.yaml]
metrics: [default_rate, profit, cost, defaults]
seeds: {quick: 6, half_width: 0.0005, fewest: 20, cap: 200}
claims:
  down: {kind: difference, metric: default_rate, base: base, other: package, expect: lower}
  up: {kind: difference, metric: default_rate, base: base, other: visits, expect: higher}
  pair: {kind: interaction, metric: default_rate, base: base, parts: [visits, price],
         together: price + visits, expect: lower, scale: plain}
  first: {kind: ranking, metric: default_rate, order: [post_loan, pricing, approval],
          better: lower, "on": contributions}
"""


def write_study(folder: Path, text: str = STUDY) -> Path:
    """Write a base, three measures and a study into a folder; return the study's path."""
    (folder / "base.yaml").write_text(BASE, "utf-8")
    for name, (package, keys) in MEASURES.items():
        (folder / f"{name}.yaml").write_text(
            f'title: More {name}\nthesis: test\nstatements: ["0.0"]\npackage: {package}\n'
            f"overrides:\n  banks:\n    main:\n      {keys}\n",
            "utf-8",
        )
    path = folder / "study.yaml"
    path.write_text(text, "utf-8")
    return path


GAINS = {"screening": -0.02, "care": -0.003, "recovery": 0.0}  # of what is perfect


class Game:
    """A function that carries out plans by arithmetic, and remembers what it was asked."""

    def __init__(self, noise: float = 0.001, shift: float = 0.0):
        self.noise = noise
        self.shift = shift
        self.plans: list[Plan] = []

    def __call__(self, plan: Plan, name: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
        self.plans.append(plan)
        runs, months = [], []
        for arm, scenario in plan.arms.items():
            bank = scenario.banks["main"]  # type: ignore[attr-defined]
            on = {
                "visits": bank.monitoring.monthly == 0.3,
                "price": bank.pricing.sensitivity == 0.9,
                "second": bank.approval.review_precision == 2,
            }
            rate = 0.05 + sum(EFFECTS[name] for name in on if on[name])
            perfect = getattr(scenario, "mechanisms").ceilings  # noqa: B009 - any scenario
            rate += sum(GAINS[name] for name in GAINS if getattr(perfect, f"perfect_{name}"))
            rate += TOGETHER * (on["visits"] and on["price"]) + self.shift * any(on.values())
            for seed in plan.seeds:
                common = 0.01 * np.random.default_rng([seed, 1]).normal()
                own = np.random.default_rng([seed, 2, *on.values()]).normal() * self.noise
                level = rate + common + own * any(on.values())
                cost = 1e6 * (1 + sum(on.values()))
                runs.append(
                    {"arm": arm, "seed": seed, "bank": "main", "default_rate": level}
                    | {"profit": 5e6 - 0.75 * cost, "cost": cost, "defaults": 1000 * level}
                )
                months += [
                    {"arm": arm, "seed": seed, "bank": "main", "month": month}
                    | {"npl_ratio": level * month, "profit_before_tax": 100.0, "tax": 25.0}
                    for month in range(1, MONTHS + 1)
                ]
        return pd.DataFrame(runs), pd.DataFrame(months)
