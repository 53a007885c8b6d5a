"""What a study's base could gain at most: before the loan, after it, by recovery, by all three.

The ceilings stand beside the package and are never judged: nobody could pull them.  They answer
"before or after the loan" without anyone's ranges (`sim.mechanisms.ceilings`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.analysis.paired import compare_arms
from sim.core.names import BASE
from sim.runs.plan import Plan
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from pandas import DataFrame

PERFECT = {
    "ceiling_screening": ("perfect_screening",),
    "ceiling_care": ("perfect_care",),
    "ceiling_recovery": ("perfect_recovery",),
    "ceiling_all": ("perfect_screening", "perfect_care", "perfect_recovery"),
}


def ceiling_plan(base: Scenario, seeds: Sequence[int]) -> Plan:
    """Return the arms in which something is perfect from month 1 on."""
    arms = {
        arm: base.with_({f"mechanisms.ceilings.{name}": True for name in names})
        for arm, names in PERFECT.items()
    }
    return Plan(arms, tuple(seeds))


def beside_package(
    runs: DataFrame, ceilings: DataFrame, package: str, metrics: Sequence[str], bank: str
) -> DataFrame:
    """Return the paired difference of the package and of each ceiling from the base.

    Columns: arm, metric, base, other, difference, low, high, n.  `runs` are those of the study,
    `ceilings` those of `ceiling_plan`.
    """
    import pandas as pd

    both = pd.concat([runs, ceilings], ignore_index=True)
    both = both[both["bank"] == bank]
    found = [
        compare_arms(both, BASE, arm, metrics, unmatched="drop").assign(arm=arm)
        for arm in (package, *PERFECT)
    ]
    columns = ["arm", "metric", "base", "other", "difference", "low", "high", "n"]
    return pd.concat(found, ignore_index=True)[columns]
