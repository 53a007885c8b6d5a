"""Ask where the five markets' differences in bad loans come from, and print three tables.

The first table splits the NPL ratio of each base into how fast loans go bad and how long they stay;
the second puts what one bank has in place of what Zhengzhou has, one block at a time, and the third
what kinds of bank may differ in and these do not.  `python -m experiments.npl_by_kind --write` puts
them into docs/five_markets.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from experiments.five_markets import BANKS, flat
from experiments.in_page import Block, table, write_block
from sim.analysis.intervals import t_interval
from sim.runs.simulating import simulate
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

HOME, OTHERS = "zhengzhou/baseline", ("qn", "foreign")
BLOCKS: Mapping[str, tuple[str, ...]] = {  # what differs between the banks, by the keys' beginning
    "firms": ("firms.turnover", "firms.volatility", "firms.count"),
    "amounts and terms": ("firms.demand", "banks.main.pricing.typical"),
    "assets and cover": ("firms.assets", "banks.main.collateral"),
    "funding": ("economy.funding_rate",),
    "rating, screening, cut-off": (
        "banks.main.screening", "banks.main.rating", "banks.main.approval",
    ),
    "post-loan monitoring": ("banks.main.monitoring", "banks.main.products"),
    "staff, pay, plan": (
        "banks.main.staffing", "banks.main.growth_target", "banks.main.branch_cost",
    ),
    "capital, tolerance for bad loans": ("banks.main.capital", "banks.main.return_aim"),
    "write-off": ("banks.main.workout", "banks.main.provisioning"),
    "all of these": ("firms.", "economy.funding_rate", "banks.main."),
}  # fmt: skip
TRIALS: Mapping[str, Mapping[str, Any]] = {  # what kinds of bank may differ in, and these do not
    "bad loans stay 30 months, not 14": {"banks.main.workout.months": 30},
    "bad loans stay 6 months, not 14": {"banks.main.workout.months": 6},
    "firms with 2 points less margin": {"firms.margin": 0.085},
    "firms with 2 points more margin": {"firms.margin": 0.125},
}
OUTCOMES = {
    "npl_ratio_mean": "NPL ratio, mean, %",
    "npl_formation": "formation, % a year",
    "default_rate": "default, % a year",
}
SHOWN = "npl_ratio_mean"  # of the blocks
OF_TRIALS = "npl_ratio_mean", "default_rate"
SEEDS = 12
PAGE = "docs/five_markets.md"
COMMAND = f"python -m experiments.npl_by_kind --seeds {SEEDS} --write"
BLOCKS_OF_PAGE = tuple(
    Block(PAGE, name, COMMAND)
    for name in ("how long bad loans stay", "what banks differ in", "what banks may differ in")
)


def swapped(other: Scenario, begins: Sequence[str]) -> Scenario:
    """Return Zhengzhou's base with another bank's values of the keys that begin so, throughout."""
    home = load_scenario(HOME)
    here, there = flat(home.model_dump()), flat(other.model_dump())
    taken = {
        key: value
        for key, value in there.items()
        if key.startswith(tuple(begins)) and value != here.get(key)
    }
    return home.with_(taken, throughout=set(taken))


def means(scenario: Scenario, seeds: int) -> pd.DataFrame:
    """Return the outcomes of each seed, (seeds, outcomes), in per cent."""
    return 100.0 * simulate(scenario, seeds=seeds).summary.set_index("seed")[list(OUTCOMES)]


def shown(gap: Iterable[float]) -> str:
    """Return the mean of paired differences with half of its 95 % interval; 0 if there are none."""
    gaps = pd.Series(list(gap))
    if (gaps == 0.0).all():
        return "0"
    interval = t_interval(gaps)
    return f"{interval.mean:+.2f} ± {(interval.high - interval.low) / 2.0:.2f}"


def bases(seeds: int) -> str:
    """Return the table of the bases: the ratio, formation, and how long bad loans stay."""
    rows = []
    for bank in BANKS:
        found = means(load_scenario(f"{bank}/baseline"), seeds).mean()
        stay = 12.0 * found["npl_ratio_mean"] / found["npl_formation"]
        levels = f"{found['npl_ratio_mean']:.2f}", f"{found['npl_formation']:.2f}"
        rows.append([bank, *levels, f"{stay:.1f}"])
    names = [OUTCOMES[name] for name in ("npl_ratio_mean", "npl_formation")]
    return table(["bank", *names, "stay, months"], rows)


def blocks(home: pd.DataFrame, seeds: int) -> str:
    """Return the table of blocks of another bank's values in Zhengzhou's place, in points."""
    rows = []
    for block, begins in BLOCKS.items():
        gaps = []
        for bank in OTHERS:
            found = means(swapped(load_scenario(f"{bank}/baseline"), begins), seeds)
            gaps.append(shown(found[SHOWN] - home[SHOWN]))
        rows.append([block, *gaps])
    names = [f"{bank}'s: {OUTCOMES[SHOWN]}" for bank in OTHERS]
    return table(["in Zhengzhou's place", *names], rows)


def trials(home: pd.DataFrame, seeds: int) -> str:
    """Return the table of what kinds of bank may differ in, in points."""
    rows = []
    for trial, settings in TRIALS.items():
        found = means(load_scenario(HOME).with_(settings, throughout=set(settings)), seeds)
        rows.append([trial, *(shown(found[name] - home[name]) for name in OF_TRIALS)])
    return table(["Zhengzhou with", *(OUTCOMES[name] for name in OF_TRIALS)], rows)


def main() -> None:
    """Print all tables, and write them to their page where that is asked for."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seeds", type=int, default=SEEDS)
    asked.add_argument("--write", action="store_true", help=f"renew the tables in {PAGE}")
    given = asked.parse_args()
    home = means(load_scenario(HOME), given.seeds)
    texts = bases(given.seeds), blocks(home, given.seeds), trials(home, given.seeds)
    for block, text in zip(BLOCKS_OF_PAGE, texts, strict=True):
        print(f"{text}\n")
        if given.write:
            write_block(block, text)


if __name__ == "__main__":
    main()
