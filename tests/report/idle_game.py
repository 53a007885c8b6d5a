"""A game in which one measure sets what the bank does not use, so that nothing moves with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.results.half_page.facts import Facts
from sim.runs.plan import Plan
from tests.studies.ledgers import STUDY, Game, write_study
from tests.studies.stored import stored

UNUSED = "banks.main.approval.review_precision"  # what the measure `second` sets
METRICS = "[default_rate, npl_formation, npl_ratio_mean, profit, cost, credit_to_good, defaults]"
FILE = (
    STUDY.replace("[default_rate, profit, cost, defaults]", METRICS)
    .replace("quick: 6", "quick: 12")
    .replace(
        "claims:\n",
        "claims:\n"
        "  still: {kind: difference, metric: profit, base: base, other: second, expect: higher}\n",
    )
)


class Idle(Game):
    """The game with a second review that nobody reads, and with bad loans and credit."""

    def __call__(self, plan: Plan, name: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
        """Carry out a plan as if no arm had the second review."""
        arms = {arm: one.with_({UNUSED: 0.0}) for arm, one in plan.arms.items()}
        runs, months = super().__call__(replace(plan, arms=arms), name)
        self.plans[-1] = plan
        level = runs["default_rate"]
        more = {"npl_formation": 1.2 * level, "npl_ratio_mean": 1.5 * level}
        more |= {"credit_to_good": 1e8 - 4e8 * level, "profit": 3e7 - 4e8 * level - runs["cost"]}
        return runs.assign(**more), months


def idle_study(home: Path) -> Path:
    """Carry out the study in a folder; return the folder of its results."""
    game = Idle()
    findings = conduct(load_study(write_study(home, FILE)), game, quick=True)
    return stored(findings, game.plans[-1], home / "out")


def text_of(facts: Facts, language: Any) -> str:
    """Return all lines of the half page in a language, `english` or `chinese`."""
    return "\n".join(line.text for line in language.half_page(facts))
