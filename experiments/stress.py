"""Hold three stress scenarios against their calm twins and against published crises; print a table.

Run as `python -m experiments.stress --seeds 12`.  experiments/stress.md holds what it printed, what
was expected before, and what is published.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from sim.analysis.intervals import t_interval
from sim.runs.simulating import simulate
from sim.scenario.loading import load_scenario


class Stress(NamedTuple):
    """A stress and its calm twin, by the names of their scenarios; both have the same start."""

    name: str
    stressed: str
    calm: str


STRESSES = (
    Stress("recession", "depression", "baseline"),
    Stress("renewal freeze", "renewal_freeze", "renewals"),
    Stress("recall wave", "wenzhou_recall", "wenzhou_none"),
    Stress("recall wave, guarantors called", "wenzhou_both", "wenzhou"),
)
YEAR = 12  # months
OUTCOMES = (
    "npl_year",
    "npl_peak",
    "npl_ratio",
    "default_rate",
    "cohort_default_18",
    "net_credit_loss",
)
COLUMNS = ("stress", "outcome", "seeds", "calm, %", "stressed, %", "difference", "ratio")


def outcomes(scenario: str, seeds: int | Sequence[int]) -> pd.DataFrame:
    """Return the outcomes of each seed, (seeds, outcomes), as shares or 1/year.

    `npl_year` is the NPL ratio at the end of month 12, `npl_peak` the highest of all months,
    `npl_ratio` that of the last month.
    """
    result = simulate(load_scenario(scenario), seeds=seeds)
    months = result.months[result.months["bank"] == "main"]
    year = months[months["month"] == YEAR].set_index("seed")["npl_ratio"]
    peak = months.groupby("seed")["npl_ratio"].max()
    found = result.summary[result.summary["bank"] == "main"].set_index("seed")
    return found.assign(npl_year=year, npl_peak=peak)[list(OUTCOMES)].sort_index()


def rows_of(stress: Stress, seeds: int | Sequence[int]) -> list[tuple[str, ...]]:
    """Return a row for each outcome: means, paired difference with its 95 % interval, ratio.

    A seed without an outcome in either, as where a barred branch has no cohort, is left out.
    """
    calm, stressed = outcomes(stress.calm, seeds), outcomes(stress.stressed, seeds)
    rows = []
    for name in OUTCOMES:
        both = pd.concat([100.0 * calm[name], 100.0 * stressed[name]], axis=1).dropna()
        one, other = (both.iloc[:, k] for k in (0, 1))
        gap = t_interval(other - one)
        half = (gap.high - gap.low) / 2.0
        rows.append((
            stress.name, name, str(len(both)), f"{one.mean():.2f}", f"{other.mean():.2f}",
            f"{gap.mean:+.2f} ± {half:.2f}", f"{other.mean() / one.mean():.2f}",
        ))  # fmt: skip
    return rows


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seeds", type=int, default=12)
    seeds = asked.parse_args().seeds
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for stress in STRESSES:
        for row in rows_of(stress, seeds):
            print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
