"""How to divide a package's total effect among its parts, seed by seed (Shapley 1953).

Each part gets its average marginal effect over all orders of adding the parts.  No other rule
is independent of order, gives equal parts equal shares and adds up to the total.  Taken per seed on
common seeds, the shares inherit the paired precision of the differences.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.coalitions import Arms, arm_of, check_packages, packages_of, prefixes, subsets
from sim.analysis.frames import Panel, Unmatched, panels
from sim.core.arrays import Floats
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from pandas import DataFrame


def shapley_values(values: Floats) -> Floats:
    """Return the exact shares, shape (k, ...), of a game with values (2^k, ...).

    Row `mask` of `values` is the coalition that holds player i iff bit i of `mask` is set:
    ``phi_i = sum over S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S))``.
    """
    players = len(values).bit_length() - 1
    if len(values) != 2**players:
        raise ValueError(f"{len(values)} values are not a game: it has 2^k coalitions")
    sizes = range(players)
    weight = [factorial(s) * factorial(players - s - 1) / factorial(players) for s in sizes]
    shares = np.zeros((players, *values.shape[1:]))
    for mask in range(2**players):
        for i in range(players):
            if not mask >> i & 1:
                shares[i] += weight[mask.bit_count()] * (values[mask | 1 << i] - values[mask])
    return shares


def shapley_by_seed(
    runs: DataFrame,
    arms: Arms,
    metrics: Collection[str] | None = None,
    unmatched: Unmatched = "refuse",
) -> DataFrame:
    """Return exact shares as a frame like `runs`: the arm is the package, values are shares.

    In every (seed, bank) the shares sum to whole package less base, in the metric's unit.
    Because it is shaped like `runs`, it can be compared and ranked like `runs`.
    """
    packages = packages_of(arms)
    check_packages(packages)
    names = [arm_of(arms, coalition) for coalition in subsets(packages)]
    return _tidy(
        [(one, shapley_values(one.values)) for one in panels(runs, names, metrics, unmatched)],
        packages,
    )


def marginals(panel: Panel, arms: Arms, orders: Sequence[Sequence[str]]) -> Floats:
    """Return marginal effects (orders, packages by name, n, metrics) of adding in each order."""
    packages = sorted(orders[0])
    found = np.empty((len(orders), len(packages), *panel.values.shape[1:]))
    for o, order in enumerate(orders):
        if sorted(order) != packages:
            raise RequestError(f"order {list(order)} does not hold each of {packages} once")
        rows = [panel.arms.index(arm_of(arms, coalition)) for coalition in prefixes(order)]
        steps = np.diff(panel.values[rows], axis=0)
        found[o, [packages.index(p) for p in order]] = steps
    return found


def sampled_by_seed(
    runs: DataFrame,
    arms: Arms,
    orders: Sequence[Sequence[str]],
    metrics: Collection[str] | None = None,
    unmatched: Unmatched = "refuse",
) -> DataFrame:
    """Return shares averaged over sampled orders, shaped like `shapley_by_seed`.

    Each order's marginal effects sum to the package's total, so their average does too.
    """
    packages = tuple(sorted(orders[0]))
    chosen = panels(runs, order_arms(arms, orders), metrics, unmatched)
    return _tidy([(one, marginals(one, arms, orders).mean(axis=0)) for one in chosen], packages)


def order_arms(arms: Arms, orders: Sequence[Sequence[str]]) -> list[str]:
    """Return the arms that the orders pass through, each once."""
    if not orders:
        raise RequestError("no orders given; draw them with coalitions.draw_orders(...)")
    met = {coalition: None for order in orders for coalition in prefixes(order)}
    return [arm_of(arms, coalition) for coalition in met]


def _tidy(shares: list[tuple[Panel, Floats]], packages: tuple[str, ...]) -> DataFrame:
    import pandas as pd

    frames = [
        pd.DataFrame(values, columns=list(panel.metrics)).assign(
            arm=package, seed=panel.seeds, bank=panel.bank
        )
        for panel, by_package in shares
        for package, values in zip(packages, by_package, strict=True)
    ]
    table = pd.concat(frames, ignore_index=True)
    return table[["arm", "seed", "bank", *shares[0][0].metrics]]
