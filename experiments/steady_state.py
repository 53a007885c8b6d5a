"""Test whether a scenario is in a steady state from month 1 on, and print a table.

Run as `python -m experiments.steady_state [SCENARIO] --seeds N --months 120`.  The economy is
calm and no growth is planned; the last three years are held against the first three.
"""

from __future__ import annotations

import argparse
import functools
from collections.abc import Sequence

from experiments.in_chunks import in_chunks
from sim.analysis.steady_state import (
    COMPARED,
    YEAR,
    Steady,
    by_year,
    calm,
    compared_years,
    joined,
    monthly,
)
from sim.core.arrays import Floats
from sim.scenario.loading import load_scenario


def of_seeds(
    scenario: str, settings: dict[str, float], months: int, seeds: Sequence[int]
) -> dict[str, Floats]:
    """Return what some seeds of a scenario give, month by month."""
    return monthly(calm(load_scenario(scenario, settings), months), seeds)


def text_of(rows: Sequence[Steady], years: dict[str, Floats]) -> str:
    """Return the table of outcomes, and each year's values."""
    lines = [
        f"{'outcome':<25}{'level':>9}{'first':>9}{'last':>9}{'last - first':>14}"
        f"{'90 % interval':>22}{'band ±':>9}  verdict"
    ]
    for row in rows:
        between = f"{row.low:+.5f} .. {row.high:+.5f}"
        lines.append(
            f"{row.name:<25}{row.level:>9.4f}{row.first:>9.4f}{row.last:>9.4f}"
            f"{row.difference:>+14.5f}{between:>22}{row.band:>9.5f}  {row.verdict}"
        )
    lines.append("by year")
    for name, values in years.items():
        lines.append(f"{name:<25}" + "".join(f"{value:>9.4f}" for value in values.tolist()))
    return "\n".join(lines)


def setting(text: str) -> tuple[str, float]:
    """Return a setting of the command line, as KEY=NUMBER."""
    key, _, value = text.partition("=")
    number = float(value)
    return key, int(number) if number.is_integer() else number


def main() -> None:
    """Simulate the seeds on all processors and print the table."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("scenario", nargs="?", default="baseline")
    asked.add_argument("--seeds", type=int, default=192)
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--months", type=int, default=120)
    asked.add_argument("--set", type=setting, action="append", default=[], metavar="KEY=NUMBER")
    asked.add_argument("--workers", type=int, default=0)
    given = asked.parse_args()
    if given.months % YEAR or given.months < 2 * COMPARED:
        asked.error(f"--months: give whole years, at least {2 * COMPARED} months")
    seeds = range(given.first, given.first + given.seeds)
    each = functools.partial(of_seeds, given.scenario, dict(given.set), given.months)
    found = joined(in_chunks(each, seeds, given.workers))
    print(f"{given.scenario}: {given.seeds} seeds x {given.months} months")
    print(text_of(compared_years(found), by_year(found)))


if __name__ == "__main__":
    main()
