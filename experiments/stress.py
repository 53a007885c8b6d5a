"""Hold four stress scenarios against their calm twins and published crises; print two tables.

`python -m experiments.stress --write` puts them into experiments/stress.md, which also says what
was expected before.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from experiments.in_page import Block, table, write_block
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
OUTCOMES = {
    "npl_year": "NPL ratio, month 12",
    "npl_peak": "NPL ratio, highest",
    "npl_ratio": "NPL ratio, last month",
    "default_rate": "default, a year",
    "cohort_default_18": "default of cohorts, 18 months",
    "net_credit_loss": "net credit loss, a year",
}
COLUMNS = ("stress", "outcome", "seeds", "calm, %", "stressed, %", "difference", "ratio")
SEEDS = 12
PAGE, COMMAND = "experiments/stress.md", f"python -m experiments.stress --seeds {SEEDS} --write"
BLOCKS = Block(PAGE, "stress", COMMAND), Block(PAGE, "stress beside crises", COMMAND)


class Crisis(NamedTuple):
    """A published figure, and the stresses and the outcome that stand beside it."""

    name: str
    published: str
    stresses: tuple[str, ...]
    outcome: str


CRISES = (
    Crisis(
        "US small-firm loans of 2007–09 (SBA case data, Li, Mickel and Taylor 2018)",
        "default of loans active in the recession over that of others, 31.2 over 16.6 %: 1.9",
        ("recession",), "default_rate",
    ),
    Crisis(
        "the same (`data/sba`, charge-off by month 36, cohorts of 2006–08 over calm ones)",
        "3.8 to 6.4", ("recession",), "cohort_default_18",
    ),
    Crisis(
        "Wenzhou, all loans of a city (China Daily, 2012-07-17: .37 % in June 2011, 1.33 in"
        " January, 2.69 in June 2012)",
        "7.3 times within a year; the fall alone: [wenzhou.md](wenzhou.md)",
        ("recall wave", "recall wave, guarantors called"), "npl_year",
    ),
    Crisis("a freeze of renewals", "no figure in our sources", ("renewal freeze",), "default_rate"),
)  # fmt: skip
BESIDE = ("crisis", "published", "here", "points of difference", "times the twin's")


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
            stress.name, OUTCOMES[name], str(len(both)), f"{one.mean():.2f}", f"{other.mean():.2f}",
            f"{gap.mean:+.2f} ± {half:.2f}", f"{other.mean() / one.mean():.2f}",
        ))  # fmt: skip
    return rows


def beside(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return a row for each published figure and stress that stands for it."""
    found = {(row[0], row[1]): row for row in rows}
    return [
        (crisis.name, crisis.published, f"{stress}: {OUTCOMES[crisis.outcome]}", *row[-2:])
        for crisis in CRISES
        for stress in crisis.stresses
        for row in [found[stress, OUTCOMES[crisis.outcome]]]
    ]


def main() -> None:
    """Print both tables, and write them to their page where that is asked for."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seeds", type=int, default=SEEDS)
    asked.add_argument("--write", action="store_true", help=f"renew the tables in {PAGE}")
    given = asked.parse_args()
    rows = [row for stress in STRESSES for row in rows_of(stress, given.seeds)]
    texts = table(COLUMNS, rows), table(BESIDE, beside(rows))
    for block, text in zip(BLOCKS, texts, strict=True):
        print(f"{text}\n")
        if given.write:
            write_block(block, text)


if __name__ == "__main__":
    main()
