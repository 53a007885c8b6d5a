"""Ask where the five markets' differences in bad loans come from, and print two tables.

Run as `python -m experiments.npl_by_kind --seeds 12`.  The first table splits the NPL ratio of each
base into how fast loans go bad and how long they stay; the second puts what one bank has in place
of what Zhengzhou has, one block at a time.  docs/five_markets.md holds what it printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from experiments.five_markets import BANKS, flat, row
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
OUTCOMES = ("npl_ratio_mean", "npl_formation", "default_rate")


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
    """Return the mean of paired differences with half of its 95 % interval."""
    interval = t_interval(pd.Series(list(gap)))
    return f"{interval.mean:+.2f} ± {(interval.high - interval.low) / 2.0:.2f}"


def main() -> None:
    """Print both tables."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seeds", type=int, default=12)
    seeds = asked.parse_args().seeds
    print(row(["bank", "NPL ratio, mean, %", "formation, % a year", "stay, months"]))
    print(row(["---"] * 4))
    for bank in BANKS:
        found = means(load_scenario(f"{bank}/baseline"), seeds).mean()
        stay = 12.0 * found["npl_ratio_mean"] / found["npl_formation"]
        levels = f"{found['npl_ratio_mean']:.2f}", f"{found['npl_formation']:.2f}"
        print(row([bank, *levels, f"{stay:.1f}"]))
    home = means(load_scenario(HOME), seeds)
    print("\n" + row(["Zhengzhou with", "of", *OUTCOMES]))
    print(row(["---"] * (2 + len(OUTCOMES))))
    for bank in OTHERS:
        other = load_scenario(f"{bank}/baseline")
        for block, begins in BLOCKS.items():
            found = means(swapped(other, begins), seeds)
            print(row([block, bank, *(shown(found[name] - home[name]) for name in OUTCOMES)]))
    for trial, settings in TRIALS.items():
        found = means(load_scenario(HOME).with_(settings, throughout=set(settings)), seeds)
        print(row([trial, "nobody", *(shown(found[name] - home[name]) for name in OUTCOMES)]))


if __name__ == "__main__":
    main()
