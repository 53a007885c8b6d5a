"""A study with a block `robust`, and books whose claims hold, never hold, or turn where known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sim.analysis.experiments.kinds.study import Study, load_study
from sim.runs.plan import Plan
from tests.studies.ledgers import BASE, MONTHS, STUDY, write_study

DESIGN = """\
robust:
  points: 12
  seeds: 2
  ruin_seeds: 3
  quantities:
    taken: {keys: [firms.temptation.taken], values: [0.25, 0.8], scale: logit}
    diverted_share: {values: [0.02, 0.05, 0.08, 0.15], scale: logit}
    unit_costs: {values: [0.5, 2.0]}
    ruin: {keys: [firms.earnings.ruin_by_quality, firms.earnings.ruin_by_macro],
           values: [0.75, 1, 1.25], multiple: true}
"""
FILE = STUDY.replace("claims:", f"{DESIGN}claims:")
TURN = 0.45  # share taken out beyond which the package raises default


def turning(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Books in which visits lower default, prices raise it, and a second review depends on d."""
    runs, months = [], []
    for arm, scenario in plan.arms.items():
        bank, fear = scenario.banks["main"], scenario.firms.temptation  # type: ignore[attr-defined]
        visits = bank.monitoring.monthly > 0.2
        price = bank.pricing.sensitivity > 0.5
        second = bank.approval.review_precision > 0
        gain = 0.02 * visits - 0.001 * price + 0.2 * (TURN - fear.taken) * second
        for seed in plan.seeds:
            noise = 1e-3 * np.random.default_rng(seed).normal()
            own = 1e-6 * np.random.default_rng([seed, 5]).normal() * (gain != 0)
            rate = 0.05 + noise + own - gain
            runs.append(
                {"arm": arm, "seed": seed, "bank": "main", "default_rate": rate, "profit": 1.0}
                | {"cost": 100.0 + 40 * visits, "defaults": rate}
                | {"diverting_share": 0.05 * fear.omega}
            )
            months += [
                {"arm": arm, "seed": seed, "bank": "main", "month": month, "npl_ratio": rate}
                | {"profit_before_tax": 4.0, "tax": 1.0}
                for month in (1, MONTHS)
            ]
    return pd.DataFrame(runs), pd.DataFrame(months)


CLAIMS = """\
claims:
  sure: {kind: difference, metric: default_rate, base: base, other: visits, expect: lower}
  never: {kind: difference, metric: default_rate, base: base, other: price, expect: lower}
  turns: {kind: difference, metric: default_rate, base: base, other: second, expect: lower}
  first: {kind: ranking, metric: default_rate, order: [post_loan, pricing, approval],
          better: lower, "on": contributions}
"""
JUDGED = FILE.partition("claims:")[0] + CLAIMS


GRADIENTS = "firms: {earnings: {ruin_by_quality: 1.2, ruin_by_macro: 0.4}}\n"


def read(folder: Path, text: str = JUDGED) -> Study:
    path = write_study(folder, text)
    (folder / "base.yaml").write_text(BASE + GRADIENTS, "utf-8")  # else multiples of 0
    return load_study(path)
