"""Measures the review's findings again, on the code as it is.

Run as `python -m experiments.review.again [--seeds N] [--only A3] [--firms N]`.  One table: what
the review found on the first edition, and what is found now with half of the 95 % interval.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from experiments.review import nature, policy
from experiments.review.asking import MEASURES, Asked, Figure
from sim.core.errors import RequestError

__all__ = ["main", "nature", "policy"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and print the table; 1 where a measurement failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=24)
    parser.add_argument("--only", nargs="*", default=None, choices=in_order(), metavar="NUMBER")
    parser.add_argument("--firms", type=int, default=None, help="smaller markets, for a try")
    parser.add_argument("--workers", type=int, default=0)
    given = parser.parse_args(arguments)
    asked = Asked(given.seeds, given.firms, given.workers)
    failed = 0
    print(f"| Finding | Figure | Before | Now, {given.seeds} seeds |\n|---|---|---:|---:|")
    for number in given.only or in_order():
        begun = time.monotonic()
        try:
            for figure in MEASURES[number](asked):
                print(row(number, figure), flush=True)
        except (RequestError, KeyError, AttributeError) as fault:
            failed = 1
            print(f"| {number} | cannot be measured: {fault} | | |", flush=True)
        print(f"{number}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return failed


def in_order() -> list[str]:
    """Return the numbers of all findings that can be measured."""
    return sorted(MEASURES, key=lambda number: int(number[1:]))


def row(number: str, figure: Figure) -> str:
    """Return a line of the table."""
    half = "" if figure.half != figure.half else f" ± {figure.half:.2g}"
    return f"| {number} | {figure.what} | {figure.before} | {figure.now:.3g}{half} |"


if __name__ == "__main__":
    sys.exit(main())
