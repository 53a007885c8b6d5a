"""Approximate shares of packages, from adding each one first and adding it last.

Exact shares need 2^k arms, too many to run at every point of a design.  What a package adds to
the base and what all packages lose without it need 2k, and the mean of both is the exact share
if packages interact in pairs at most.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sim.analysis.coalitions import Arms, Coalition, arm_of, check_packages
from sim.analysis.frames import Unmatched, panels

if TYPE_CHECKING:
    from pandas import DataFrame


def first_and_last(packages: Sequence[str]) -> list[Coalition]:
    """Return the coalitions that such shares need, each once."""
    check_packages(packages)
    whole = frozenset(packages)
    found = [frozenset(), whole]
    found += [frozenset({one}) for one in packages]
    found += [whole - {one} for one in packages]
    return list(dict.fromkeys(found))


def first_and_last_by_seed(
    runs: DataFrame,
    arms: Arms,
    packages: Sequence[str],
    metrics: Collection[str] | None = None,
    unmatched: Unmatched = "refuse",
) -> DataFrame:
    """Return ``((y_p - y_0) + (y_all - y_all-p)) / 2``, shaped like `shapley_by_seed`."""
    import pandas as pd

    whole = frozenset(packages)
    base, full = arm_of(arms, frozenset()), arm_of(arms, whole)
    ends = {p: (arm_of(arms, frozenset({p})), arm_of(arms, whole - {p})) for p in packages}
    names = list(dict.fromkeys([base, full, *(name for two in ends.values() for name in two)]))
    frames = []
    for one in panels(runs, names, metrics, unmatched):
        at = {name: one.values[one.arms.index(name)] for name in names}
        for package, (alone, without) in ends.items():
            shares = (at[alone] - at[base] + at[full] - at[without]) / 2
            frames.append(
                pd.DataFrame(shares, columns=list(one.metrics)).assign(
                    arm=package, seed=one.seeds, bank=one.bank
                )
            )
    table = pd.concat(frames, ignore_index=True)
    return table[["arm", "seed", "bank", *table.columns.drop(["arm", "seed", "bank"])]]
