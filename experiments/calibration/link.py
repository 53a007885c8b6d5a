"""Print the link of quality to default that follows from production, with standard errors.

Run as `python -m experiments.calibration.link [SCENARIO] --seeds N`.  The values that ratings,
rival and yardstick use are parameters; this says what they should be.
"""

from __future__ import annotations

import argparse
import functools
from collections.abc import Sequence

from experiments.in_chunks import in_chunks
from sim.analysis.calibration.link import (
    Followed,
    Link,
    fit_link,
    followed,
    joined,
    lend_to_all,
    log_linear,
)
from sim.scenario.loading import load_scenario

USED = {  # the parameters that hold a link: level, slope
    "yardstick": ("firms.yardstick.true_level", "firms.yardstick.true_slope"),
    "rival": ("firms.take_up.rival_level", "firms.take_up.rival_slope"),
}


def of_seeds(scenario: str, horizon: int, seeds: Sequence[int]) -> Followed:
    """Return the loans of some seeds of a scenario in which all are lent to."""
    return followed(lend_to_all(load_scenario(scenario), horizon), seeds)


def text_of(name: str, link: Link) -> str:
    """Return a link as lines of text."""
    lines = [
        f"{name}: {link.loans:,} loans, log-likelihood {link.likelihood:,.1f}",
        f"  level a {link.level:7.3f}  standard error {link.level_error:.3f}",
        f"  slope b {link.slope:7.3f}  standard error {link.slope_error:.3f}",
        "  fifth of loans   mean quality   realised a year   fitted",
    ]
    lines += [
        f"  {number:<14}{theta:>15.2f}{real:>18.2%}{fitted:>9.2%}"
        for number, (theta, real, fitted) in enumerate(link.fifths.tolist(), 1)
    ]
    return "\n".join(lines)


def main() -> None:
    """Lend to all over some seeds and print the link."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("scenario", nargs="?", default="baseline")
    asked.add_argument("--seeds", type=int, default=24)
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--months", type=int, default=72, help="months reported")
    asked.add_argument("--workers", type=int, default=0)
    given = asked.parse_args()
    seeds = range(given.first, given.first + given.seeds)
    each = functools.partial(of_seeds, given.scenario, given.months)
    loans = joined(in_chunks(each, seeds, given.workers))
    print(text_of("PD a year Phi(a - b theta)", fit_link(loans)))
    print(text_of("hazard a year exp(a - b theta)", fit_link(loans, log_linear)))
    scenario = load_scenario(given.scenario).model_dump()
    for name, keys in USED.items():
        values = []
        for key in keys:
            value = scenario
            for part in key.split("."):
                value = value[part]
            values.append(value)
        print(f"used by the {name}: a {values[0]}, b {values[1]}")


if __name__ == "__main__":
    main()
