"""Print how the five banks' markets differ, and what their bases come to.

Run as `python -m experiments.five_markets --seeds N`.  docs/five_markets.md holds what it printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sim.analysis.intervals import t_interval
from sim.runs.simulating import simulate
from sim.scenario.loading import load_scenario

BANKS = ("qn", "zhengzhou", "xm", "l_branch", "foreign")
MARKET = (
    "firms.", "economy.", "banks.main.branch_cost", "banks.main.staffing.salary",
    "banks.main.new_to_product",
)  # fmt: skip
OUTCOMES = {  # name of the outcome: factor and decimals
    "approval_rate": (1.0, 3), "mean_rate": (100.0, 2), "cost_income": (1.0, 2),
    "loans_per_officer": (1.0, 0), "npl_ratio": (100.0, 2), "default_rate": (100.0, 2),
    "roe": (100.0, 1), "diverting_share": (100.0, 1), "auc": (1.0, 3),
}  # fmt: skip


def flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Return nested settings by dotted key."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{key}.")
        else:
            found[f"{before}{key}"] = value
    return found


def differences() -> pd.DataFrame:
    """Return the keys of market and prices that are not the same for all five, a column a bank."""
    keys = {bank: flat(load_scenario(f"{bank}/baseline").model_dump()) for bank in BANKS}
    table = pd.DataFrame(keys)
    market = table[[str(key).startswith(MARKET) for key in table.index]]
    return market[[len({repr(value) for value in row}) > 1 for row in market.to_numpy()]]


def outcomes(bank: str, seeds: int) -> dict[str, str]:
    """Return the outcomes of a bank's base as text, with half of the 95 % interval."""
    scenario = load_scenario(f"{bank}/baseline")
    result = simulate(scenario, seeds=seeds)
    staffing = scenario.banks["main"].staffing
    months = (
        result.months[result.months["month"] >= 1].groupby("seed")[["loans", "salaries"]].mean()
    )
    by_seed = result.summary.set_index("seed")
    by_seed["loans_per_officer"] = months["loans"] * staffing.salaries(1.0) / months["salaries"]
    found = {}
    for name, (factor, decimals) in OUTCOMES.items():
        interval = t_interval(by_seed[name] * factor)
        half = (interval.high - interval.low) / 2.0
        found[name] = f"{interval.mean:.{decimals}f} ± {half:.{decimals}f}"
    return found


def row(cells: Iterable[Any]) -> str:
    """Return one line of a table in Markdown."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def main() -> None:
    """Print both tables."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seeds", type=int, default=40)
    seeds = asked.parse_args().seeds
    found = pd.DataFrame({bank: outcomes(bank, seeds) for bank in BANKS})
    for table in (differences(), found):
        print(row(["", *BANKS]))
        print(row(["---"] * (1 + len(BANKS))))
        for key, values in table.iterrows():
            print(row([key, *values]))
        print()


if __name__ == "__main__":
    main()
