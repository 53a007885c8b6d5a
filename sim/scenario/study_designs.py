"""What a study may vary beyond its measures: strengths at equal money, and what is left open.

The theses give no sizes, no prices and no economy; a verdict at one set of assumed numbers says
as much about the numbers as about the measures.
"""

from __future__ import annotations

from sim.core.params import Params, checked, param

AUTHOR = "A: set by the author of the study"
STRENGTH, COST_MULTIPLE = "strength", "cost_multiple"  # open quantities that are no keys


class EqualMoney(Params):
    """Random strengths and prices, each part then scaled until all spend the same."""

    money: float = param(
        0.10, unit="share of the base's operating cost", gt=0, le=10, source=AUTHOR,
        meaning="what each part may spend beyond the base",
    )  # fmt: skip
    spread: float = param(
        0.5, unit="share", ge=0, lt=1, source=AUTHOR,
        meaning="strengths of levers and prices of parts are drawn within +- this share",
    )  # fmt: skip
    draws: int = param(12, unit="draws", meaning="random draws", source=AUTHOR, ge=2, le=10_000)
    seeds: int = param(4, unit="seeds", meaning="seeds per draw", source=AUTHOR, ge=1, le=10_000)


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
    """A space-filling design over what the theses leave open, in which claims hold or not.

    Quantities are dotted keys, laid under the measures, or `strength` (of all measures) and
    `cost_multiple` (of what the bank's policies cost).
    """

    quantities: dict[str, Span] = param(
        unit="spans", meaning="the interval of each open quantity", source=AUTHOR
    )
    points: int = param(32, unit="points", meaning="points", source=AUTHOR, ge=4, le=100_000)
    seeds: int = param(4, unit="seeds", meaning="seeds per point", source=AUTHOR, ge=1, le=10_000)

    @checked
    def _has_two_quantities(self) -> Regimes:
        if len(self.quantities) < 2:
            raise ValueError("quantities must name at least two, since two are said to govern")
        return self
