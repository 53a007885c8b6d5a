"""Whether the reference model in plain Mesa and the production model give the same figures.

Both simulate the limiting set-up on many seeds, with independent random numbers, and are compared
by the difference of their means over its standard error.
`python -m experiments.benchmark.agreement` prints the comparison; with `--keep FILE` it also writes
the figures of the reference model, one row per seed, which the tests read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

LIMIT = Path(__file__).with_name("limiting.yaml")
HORIZON, BURN_IN = 36, 36


def figures(months: pd.DataFrame, firms: int) -> dict[str, float]:
    """Return the figures of one run from its monthly figures; rates are per year."""
    total = months.sum()
    return {
        "default_rate": 12 * total["defaults"] / total["performing"],
        "npl_ratio": (months["npl"] / months["gross_loans"]).mean(),
        "approval_rate": total["approved"] / total["decided"],
        "loans_per_firm": months["loans"].mean() / firms,
        "return_on_loans": 12 * total["profit"] / total["gross_loans"],
    }


def of_twin(seeds: Iterable[int], firms: int) -> pd.DataFrame:
    """Return the figures of the reference model, one row per seed."""
    import pandas as pd

    from experiments.benchmark.twin import Market

    rows = []
    for seed in seeds:
        market = Market(firms, BURN_IN, rng=seed)
        for _ in range(BURN_IN + HORIZON):
            market.step()
        months = market.datacollector.get_model_vars_dataframe()
        rows.append(figures(months[months["month"] >= 1], firms))
        market.remove_all_agents()  # Mesa 3.3 keeps every model in memory: empty it
    return pd.DataFrame(rows)


def of_production(
    seeds: Iterable[int], firms: int, set: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """Return the figures of the production model, one row per seed, with the settings of `set`."""
    import pandas as pd

    from sim import load_scenario, simulate

    settings = {"firms.count": firms, "horizon": HORIZON, "burn_in.months": BURN_IN} | dict(
        set or {}
    )
    months = simulate(load_scenario(LIMIT, settings), seeds=list(seeds)).months
    runs = months.drop(columns="bank").groupby("seed")
    return pd.DataFrame([figures(run, firms) for _, run in runs])


def compare(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return mean and standard error of both, and z of their difference, one row per figure."""
    import pandas as pd

    error = np.hypot(one.sem(), other.sem())
    return pd.DataFrame(
        {
            "twin": one.mean(),
            "twin_se": one.sem(),
            "production": other.mean(),
            "production_se": other.sem(),
            "z": (one.mean() - other.mean()) / error,
        }
    )


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--firms", type=int, default=400)
    parser.add_argument("--seeds", type=int, default=180, help="of the reference model")
    parser.add_argument("--seeds-production", type=int, default=600)
    parser.add_argument("--keep", type=Path, help="CSV file for the reference model's figures")
    args = parser.parse_args()
    twin = of_twin(range(args.seeds), args.firms)
    if args.keep is not None:
        twin.to_csv(args.keep, index_label="seed")
    production = of_production(range(args.seeds_production), args.firms)
    print(compare(twin, production).round(5).to_string())


if __name__ == "__main__":
    main()
