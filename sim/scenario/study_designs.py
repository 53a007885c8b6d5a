"""What a study may vary beyond its measures: strengths at an equal budget, and open quantities.

The theses give no effect sizes, no prices and no economy.  A verdict at one set of assumed numbers
depends on these numbers as much as on the measures.
"""

from __future__ import annotations

from sim.core.params import Params, checked, param

AUTHOR = "A: set by the author of the study"
STRENGTH, COST_MULTIPLE = "strength", "cost_multiple"  # open quantities that are not keys


class EqualMoney(Params):
    """Random strengths and prices; each part is then scaled until all spend the same."""

    money: float = param(
        0.10, unit="share of the base's operating cost", gt=0, le=10, source=AUTHOR,
        meaning="spending of each part in addition to the base",
    )  # fmt: skip
    spread: float = param(
        0.5, unit="share", ge=0, lt=1, source=AUTHOR,
        meaning="strengths of levers and prices of parts are drawn within +- this share",
    )  # fmt: skip
    draws: int = param(12, unit="draws", meaning="random draws", source=AUTHOR, ge=2, le=10_000)
    seeds: int = param(4, unit="seeds", meaning="seeds per draw", source=AUTHOR, ge=1, le=10_000)


class SameRate(Params):
    """Package and measures again, each with the margin at which its mean rate is the base's.

    Part of what a measure does to profit is the price that its own lower losses or higher costs
    change; here that part is left out.
    """

    seeds: int = param(12, unit="seeds", meaning="seeds per arm", source=AUTHOR, ge=2, le=10_000)
    rounds: int = param(
        2, unit="rounds", ge=1, le=10, source=AUTHOR,
        meaning="how often the margin is corrected by the gap that is left",
    )  # fmt: skip


class Span(Params):
    """The interval in which an open quantity is varied."""

    low: float = param(unit="the quantity's", meaning="smallest value", source=AUTHOR)
    high: float = param(unit="the quantity's", meaning="largest value", source=AUTHOR)

    @checked
    def _is_an_interval(self) -> Span:
        if not self.low < self.high:
            raise ValueError(f"low {self.low:g} must be below high {self.high:g}")
        return self


class Regimes(Params):
    """A space-filling design over the open quantities, to find where each claim holds.

    A quantity is a dotted key, set before the measures are applied; or `strength` (of all
    measures); or `cost_multiple` (of the costs of the bank's policies).
    """

    quantities: dict[str, Span] = param(
        unit="spans", meaning="the interval of each open quantity", source=AUTHOR
    )
    points: int = param(32, unit="points", meaning="points", source=AUTHOR, ge=4, le=100_000)
    seeds: int = param(4, unit="seeds", meaning="seeds per point", source=AUTHOR, ge=1, le=10_000)

    @checked
    def _has_two_quantities(self) -> Regimes:
        if len(self.quantities) < 2:
            raise ValueError("quantities must name at least two: results show the two main ones")
        return self
