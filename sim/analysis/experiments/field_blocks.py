"""Blocks of a field finding: what was measured there, and what is asked of the model.

A published number has a grade, an interval, and a note of what of the source was read: a figure
that is known from notes alone is marked as such.
"""

from __future__ import annotations

from typing import Literal

from sim.analysis.experiments.blocks import AUTHOR, ArmBlock
from sim.analysis.experiments.targets import Role
from sim.core.params import Params, checked, group, param

Unit = Literal["%", "points", "ratio", "% per %", "months"]
How = Literal["change", "ratio", "difference", "level", "elasticity"]
UNITS: dict[How, tuple[Unit, ...]] = {
    "change": ("%",),
    "ratio": ("ratio",),
    "difference": ("points", "ratio", "months"),
    "level": ("%", "ratio", "months"),
    "elasticity": ("% per %",),
}


class FieldArm(ArmBlock):
    """An arm, which may vary a scenario of its own."""

    base: str = param(
        "", unit="path", meaning="scenario that it varies, if not the file's", source=AUTHOR
    )


class Window(Params):
    """An outcome of single months: a column summed over some of them."""

    of: str = param(unit="name", meaning="column of the monthly results", source=AUTHOR)
    per: str = param("", unit="name", meaning="column that it is divided by", source=AUTHOR)
    months: list[int] = param(unit="months", meaning="first and last month", source=AUTHOR)
    over: list[int] = param(
        [], unit="months", source=AUTHOR,
        meaning="first and last month whose value divides that of `months`",
    )  # fmt: skip

    @checked
    def _months_are_spans(self) -> Window:
        for name, span in (("months", self.months), ("over", self.over)):
            if (span or name == "months") and not (len(span) == 2 and 1 <= span[0] <= span[1]):
                raise ValueError(f"{name} must be a first and a last month, found {span}")
        return self

    @property
    def last(self) -> int:
        """The last month that it needs."""
        return max(*self.months, *self.over)


class Published(Params):
    """A published number; without `value`, the source gives a direction alone.

    An end of the interval that is left out is open.
    """

    value: float | None = param(None, unit="`unit`", meaning="the number", source=AUTHOR)
    low: float | None = param(None, unit="`unit`", meaning="lower end", source=AUTHOR)
    high: float | None = param(None, unit="`unit`", meaning="upper end", source=AUTHOR)
    unit: Unit = param(unit="name", meaning="unit of all three", source=AUTHOR)
    grade: Literal["P", "R"] = param(
        unit="grade", meaning="P published, R regulation or official statistic", source=AUTHOR
    )
    interval: Literal["P", "R", "D", "A"] = param(
        unit="grade", source=AUTHOR,
        meaning="grade of the interval: D derived here, A assumed for want of a standard error",
    )  # fmt: skip
    read: Literal["text", "abstract", "table", "press", "notes"] = param(
        unit="name", source=AUTHOR,
        meaning="what of the source was read; notes: only our own, not yet seen in the source",
    )  # fmt: skip

    @checked
    def _ends_are_in_order(self) -> Published:
        found = [number for number in (self.low, self.value, self.high) if number is not None]
        if self.low is None and self.high is None:
            raise ValueError("give low, high or both")
        if found != sorted(found) or self.low == self.high:
            raise ValueError(f"low <= value <= high must hold, found {found}")
        return self


class Asked(Params):
    """What is measured in the model, over seeds that all arms have in common."""

    how: How = param(
        unit="name", source=AUTHOR,
        meaning="change of a mean in %, ratio of means, paired difference, level of one arm, or "
        "elasticity: change of ln metric over change of ln price",
    )  # fmt: skip
    metric: str = param(unit="name", meaning="the outcome", source=AUTHOR)
    other: str = param(unit="name", meaning="the arm", source=AUTHOR)
    base: str = param("", unit="name", meaning="the arm it is compared with", source=AUTHOR)
    price: str = param("", unit="name", meaning="outcome in which an elasticity is per cent",
                       source=AUTHOR)  # fmt: skip

    @checked
    def _has_what_it_needs(self) -> Asked:
        if (self.how == "level") == bool(self.base):
            raise ValueError("a level is of one arm, so has no base; all else needs one")
        if (self.how == "elasticity") != bool(self.price):
            raise ValueError("an elasticity needs a price, and nothing else has one")
        if self.base == self.other:
            raise ValueError(f"arm '{self.base}' cannot be compared with itself")
        return self


class FindingBlock(Params):
    """One number of the source, with its role and the question to the model."""

    measured: str = param(unit="text", meaning="what was measured there", source=AUTHOR)
    published: Published = group(Published, "the number found there")
    asked: Asked | None = param(None, unit="question", meaning="of the model", source=AUTHOR)
    role: Role = param(unit="name", meaning="what the figure was for", source=AUTHOR)
    lacks: str = param(
        "", unit="text", source=AUTHOR,
        meaning="what the model lacks, instead of a question that it cannot answer",
    )  # fmt: skip
    differs: str = param(
        "", unit="text", meaning="why the model differs, where it does", source=AUTHOR
    )

    @checked
    def _is_asked_or_lacking(self) -> FindingBlock:
        if bool(self.lacks) == (self.asked is not None):
            raise ValueError("give either `asked`, or `lacks` for what this model cannot show")
        if self.asked and self.published.unit not in UNITS[self.asked.how]:
            allowed = " or ".join(f"'{unit}'" for unit in UNITS[self.asked.how])
            raise ValueError(
                f"a {self.asked.how} has the unit {allowed}, found '{self.published.unit}'"
            )
        return self
