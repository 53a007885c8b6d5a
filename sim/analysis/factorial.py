"""Main effects and interactions of the factors of a factorial experiment, paired over seeds.

A main effect is a level less the first level of its factor, averaged over all combinations of the
other factors; an interaction of two levels is how much the effect of one differs where the other
holds, averaged in the same way.  Both are weighted sums of arms, taken seed by seed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.analysis.contrasts import contrast
from sim.analysis.experiments.kinds.factorial import Factorial, Levels
from sim.analysis.frames import Panel, panels
from sim.analysis.intervals import t_interval
from sim.analysis.multiplicity import holm
from sim.runs.carrying import CarryOut

if TYPE_CHECKING:
    from pandas import DataFrame

Factors = Mapping[str, Levels]
Weights = dict[str, float]  # of arms by name
Contrasts = Callable[[Factors, Mapping[Levels, str]], list[tuple[dict[str, str], Weights]]]


class FactorialFindings(NamedTuple):
    """What a factorial experiment found."""

    experiment: Factorial
    seeds: int
    arms: DataFrame  # one row per bank, arm and metric: mean with its interval
    main_effects: DataFrame  # one row per bank, metric, factor and level but the first
    interactions: DataFrame  # one row per bank, metric and pair of levels of two factors


def conduct_factorial(
    experiment: Factorial, carry_out: CarryOut, *, quick: bool = False, seeds: int | None = None
) -> FactorialFindings:
    """Run every combination on common seeds and return main effects and interactions.

    `seeds` fixes their number; otherwise the file does.  Raises `RequestError` for any error in
    the file, before anything is run.
    """
    counts = experiment.content.seeds
    number = seeds or (counts.quick if quick else counts.full)
    runs, _ = carry_out(experiment.plan(number), "")
    factors, arms, metrics = experiment.factors, experiment.combinations, experiment.content.metrics
    return FactorialFindings(
        experiment,
        number,
        _levels(runs, factors, arms, metrics),
        _contrasts(runs, factors, arms, metrics, main_effects),
        _contrasts(runs, factors, arms, metrics, interactions),
    )


def main_effects(
    factors: Factors, arms: Mapping[Levels, str]
) -> list[tuple[dict[str, str], Weights]]:
    """Return, for each level but a factor's first, its words and the weights of the arms."""
    found = []
    for place, (factor, levels) in enumerate(factors.items()):
        share = len(levels) / len(arms)
        for level in levels[1:]:
            sign = {level: share, levels[0]: -share}
            weights = {arm: sign[at[place]] for at, arm in arms.items() if at[place] in sign}
            found.append(({"factor": factor, "level": level, "against": levels[0]}, weights))
    return found


def interactions(
    factors: Factors, arms: Mapping[Levels, str]
) -> list[tuple[dict[str, str], Weights]]:
    """Return, for each pair of levels of two factors, its words and the weights of the arms."""
    found = []
    for (a, (first, some)), (b, (second, others)) in itertools.combinations(
        enumerate(factors.items()), 2
    ):
        share = len(some) * len(others) / len(arms)
        for one, other in itertools.product(some[1:], others[1:]):
            rows, columns = {one: 1.0, some[0]: -1.0}, {other: 1.0, others[0]: -1.0}
            weights = {
                arm: share * rows[at[a]] * columns[at[b]]
                for at, arm in arms.items()
                if at[a] in rows and at[b] in columns
            }
            words = {"first": first, "level": one, "second": second, "other_level": other}
            found.append((words, weights))
    return found


def _levels(
    runs: DataFrame, factors: Factors, arms: Mapping[Levels, str], metrics: Sequence[str]
) -> DataFrame:
    import pandas as pd

    rows = []
    for panel in panels(runs, list(arms.values()), metrics, "drop"):
        for levels, arm in arms.items():
            at = dict(zip(factors, levels, strict=True))
            for metric in metrics:
                mean = t_interval(panel.of(arm, metric))
                rows.append({"bank": panel.bank, "arm": arm, **at, "metric": metric,
                             "mean": mean.mean, "low": mean.low, "high": mean.high,
                             "n": mean.n})  # fmt: skip
    return pd.DataFrame(rows)


def _contrasts(
    runs: DataFrame,
    factors: Factors,
    arms: Mapping[Levels, str],
    metrics: Sequence[str],
    which: Contrasts,
) -> DataFrame:
    """Return a row per bank, metric and contrast; `p_holm` is adjusted over all of a bank's."""
    import pandas as pd

    tables = []
    for panel in panels(runs, list(arms.values()), metrics, "drop"):
        rows = [
            _row(panel, metric, words, weights)
            for metric in metrics
            for words, weights in which(factors, arms)
        ]
        table = pd.DataFrame(rows)
        tables.append(table.assign(p_holm=holm(table["p"])))
    return pd.concat(tables, ignore_index=True)


def _row(panel: Panel, metric: str, words: dict[str, str], weights: Weights) -> dict[str, Any]:
    found = t_interval(contrast(panel, weights, metric).values)
    return {
        "bank": panel.bank,
        "metric": metric,
        **words,
        "difference": found.mean,
        "low": found.low,
        "high": found.high,
        "p": found.p if found.n > 1 else np.nan,
        "n": found.n,
    }
