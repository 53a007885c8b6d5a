"""Hold the claim on Wenzhou (`experiments/wenzhou.md`) against simulated months, and print a table.

Run as `python -m experiments.wenzhou --seeds 24`.  All arms go on from the same books at month 0.
`--set KEY=NUMBER` changes a number in all arms, `--depths` looks for the fall of the economy that
alone, in the arm none, would raise the ratio sevenfold.  `--write` runs the bank of the base case
and two in which firms hold less cash, and puts what is found into the page.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from experiments.in_page import Block, table, write_block
from experiments.steady_state import setting
from sim.core.arrays import Floats
from sim.model.branch import branch
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

ARMS = {
    "none": "wenzhou_none", "circles": "wenzhou", "recall": "wenzhou_recall",
    "both": "wenzhou_both", "restructure": "wenzhou_restructure",
}  # fmt: skip
SHOWN = (
    "defaults", "defaults_guarantor_called", "guarantors_called", "recalled", "eased",
    "paid_by_guarantors", "written_off", "profit",
)  # fmt: skip
YEAR = 12
AT_ONCE = 12  # seeds side by side
DRAWS = 4000  # of the bootstrap
WANTED = 7.0  # times the ratio at month 0
DEPTHS = (-2.0, -2.25)  # of the economy, at which the page looks for sevenfold


class World(NamedTuple):
    """A world of the page: what differs from the scenarios, and how many seeds."""

    settings: Mapping[str, float]
    seeds: int


MARKETS = {
    "usual cash": World({}, 48),
    "one month of costs": World(
        {
            "firms.treasury.owner_buffer": 1.0, "firms.demand.amount_mean": 1e6,
            "firms.earnings.ruin_chance": 0.002, "firms.volatility": 0.03,
        },
        24,
    ),
    "0.7 months of costs": World(
        {
            "firms.treasury.owner_buffer": 0.7, "firms.demand.amount_mean": 2e6,
            "firms.earnings.ruin_chance": 0.002, "firms.volatility": 0.02,
            "economy.macro.shift": 0.0,
        },
        24,
    ),
}  # fmt: skip
BLOCK = Block("experiments/wenzhou.md", "wenzhou", "python -m experiments.wenzhou --write")
COLUMNS = (
    "firms' cash", "arm", "NPL at month 12, %", "over month 0", "over none",
    "over the arm circles", "defaults", "of called guarantors", "paid for a called loan, CNY",
)  # fmt: skip


class Year(NamedTuple):
    """What an arm's bank has in each seed: CNY, (seeds,), and totals of the first year."""

    npl: Floats
    gross: Floats
    npl_before: Floats
    gross_before: Floats
    totals: dict[str, Floats]  # of `SHOWN`, (seeds,)


def balances(simulation: Simulation) -> tuple[Floats, Floats]:
    """Return non-performing and gross loans of the bank in each seed, (seeds,) each, CNY."""
    market = simulation.market
    books = market.books_at(0)
    return market.ledger.npl[books].copy(), market.ledger.gross_loans[books].copy()


def simulated(scenarios: Mapping[str, Scenario], seeds: Sequence[int]) -> dict[str, Year]:
    """Return the first year of each arm; all go on from the same books at month 0."""
    start = Simulation(next(iter(scenarios.values())), list(seeds))
    while start.month < 0:
        start.advance()
    before, books = balances(start), start.checkpoint()
    found = {}
    for arm, scenario in scenarios.items():
        simulation = branch(books, scenario)
        while simulation.month < YEAR:
            simulation.advance()
        months = result_of(simulation.market, simulation.recorder).months
        months = months[months["bank"] == "main"].groupby("seed", sort=True)
        totals = {name: months[name].sum().to_numpy(float) for name in SHOWN}
        found[arm] = Year(*balances(simulation), *before, totals)
    return found


def joined(parts: Sequence[Year]) -> Year:
    """Return the seeds of several parts as one."""
    arrays = [np.concatenate(each) for each in zip(*(part[:4] for part in parts), strict=True)]
    totals = {name: np.concatenate([part.totals[name] for part in parts]) for name in SHOWN}
    return Year(arrays[0], arrays[1], arrays[2], arrays[3], totals)


def rise(year: Year, seeds: slice | Floats = slice(None)) -> float:
    """Return the ratio at month 12 over that at month 0, of sums over some seeds."""
    now = year.npl[seeds].sum() / year.gross[seeds].sum()
    return float(now / (year.npl_before[seeds].sum() / year.gross_before[seeds].sum()))


def over(year: Year, other: Year) -> tuple[float, float, float]:
    """Return an arm's rise over another's, and its 95 % interval by paired resampling."""
    random = np.random.default_rng(1)
    size = other.npl.size
    drawn = []
    for _ in range(DRAWS):
        seeds = random.integers(0, size, size)
        drawn.append(rise(year, seeds) / rise(other, seeds))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return rise(year) / rise(other), float(low), float(high)


def arms(settings: Mapping[str, float]) -> dict[str, Scenario]:
    """Return the scenarios of all arms with some numbers changed."""
    return {arm: load_scenario(name, dict(settings)) for arm, name in ARMS.items()}


def of_all(scenarios: Mapping[str, Scenario], seeds: Sequence[int]) -> dict[str, Year]:
    """Return the first year of each arm over all seeds."""
    parts = [simulated(scenarios, seeds[at : at + AT_ONCE]) for at in range(0, len(seeds), AT_ONCE)]
    return {arm: joined([part[arm] for part in parts]) for arm in scenarios}


def text_of(years: Mapping[str, Year]) -> str:
    """Return the table of arms, and the verdict."""
    none = years["none"]
    start = 100.0 * none.npl_before.sum() / none.gross_before.sum()
    lines = [
        f"NPL at month 0: {start:.2f} % in all arms",
        f"{'arm':<12}{'NPL 12, %':>10}{'over 0':>8}{'over none':>11}{'95 % interval':>17}"
        + "".join(f"{name[:15]:>17}" for name in SHOWN),
    ]
    for arm, year in years.items():
        ratio, low, high = over(year, none)
        now = 100.0 * year.npl.sum() / year.gross.sum()
        lines.append(
            f"{arm:<12}{now:>10.2f}{rise(year):>8.2f}{ratio:>11.2f}{f'{low:.2f} .. {high:.2f}':>17}"
            + "".join(f"{year.totals[name].mean():>17,.1f}" for name in SHOWN)
        )
    for arm in ("both", "restructure"):
        ratio, low, high = over(years[arm], years["circles"])
        lines.append(f"{arm} over circles: {ratio:.3f} ({low:.3f} .. {high:.3f})")
    _, low, high = over(years["both"], none)
    verdict = "supported" if low >= 2.0 else "refuted" if high < 2.0 else "undecided"
    return "\n".join([*lines, f"claim: both at least 2 x none: {verdict}"])


def row_of(world: str, arm: str, years: Mapping[str, Year]) -> tuple[str, ...]:
    """Return an arm's row of the page; defaults are a seed's, in the first year."""
    year, totals = years[arm], years[arm].totals
    called = totals["guarantors_called"].sum()
    paid = f"{totals['paid_by_guarantors'].sum() / called:,.0f}" if called else "–"
    compared = ["1" if arm == other else _interval(year, years[other]) for other in BESIDE]
    return (
        world, arm, f"{100.0 * year.npl.sum() / year.gross.sum():.2f}", f"{rise(year):.2f}",
        *compared, f"{totals['defaults'].mean():.1f}",
        f"{totals['defaults_guarantor_called'].mean():.1f}", paid,
    )  # fmt: skip


BESIDE = ("none", "circles")  # arms that the others are compared with


def _interval(year: Year, other: Year) -> str:
    return "{:.2f} ({:.2f}–{:.2f})".format(*over(year, other))


def deep(settings: Mapping[str, float], depth: float, seeds: Sequence[int]) -> str:
    """Return in words what the fall of the economy alone does at another depth."""
    none = {"none": arms({**settings, "economy.macro.shift": depth})["none"]}
    found = rise(of_all(none, seeds)["none"])
    reached = "reached" if found >= WANTED else "not reached"
    return f"none at a depth of {depth:g}: {found:.2f}; sevenfold is {reached}"


def page_text(markets: Mapping[str, World], depths: Sequence[float]) -> str:
    """Return what the page holds: a table of all markets, where they start, and the verdict."""
    rows, starts = [], []
    for name, world in markets.items():
        years = of_all(arms(world.settings), range(1, world.seeds + 1))
        rows += [row_of(name, arm, years) for arm in years]
        none = years["none"]
        start = 100.0 * none.npl_before.sum() / none.gross_before.sum()
        verdict = text_of(years).rpartition(": ")[2]
        starts.append(
            f"{name}: NPL at month 0 is {start:.2f} % in all arms, seeds 1 to"
            f" {world.seeds}; both at least twice none: {verdict}"
        )
    usual = next(iter(markets.values()))
    alone = [deep(usual.settings, depth, range(1, usual.seeds + 1)) for depth in depths]
    return table(COLUMNS, rows) + "\n\n" + "\n".join(f"- {line}" for line in starts + alone)


def main() -> None:
    """Simulate the seeds and print the table."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seeds", type=int, default=24)
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--set", type=setting, action="append", default=[], metavar="KEY=NUMBER")
    asked.add_argument("--depths", type=float, nargs="*", default=[], help="shifts of the economy")
    asked.add_argument("--write", action="store_true", help=f"renew the figures in {BLOCK.page}")
    given = asked.parse_args()
    if given.write:
        text = page_text(MARKETS, DEPTHS)
        print(text)
        write_block(BLOCK, text)
        return
    seeds, settings = list(range(given.first, given.first + given.seeds)), dict(given.set)
    print(text_of(of_all(arms(settings), seeds)))
    for depth in given.depths:
        print(deep(settings, depth, seeds))


if __name__ == "__main__":
    main()
