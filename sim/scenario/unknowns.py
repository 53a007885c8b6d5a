"""What nobody knows, and between which values: the one declared design behind "is it robust?".

No source gives these numbers, so a verdict must be seen under others.  Each range is declared once.
It is halved and doubled about the base's value on a log scale (for shares, on logit), so the three
ranges have their points in common: point k lies half as far, as far, or twice as far from the base.
"""

from __future__ import annotations

import math
from typing import Literal

from sim.core.errors import ClashError
from sim.core.names import name_fault
from sim.core.params import Params, checked, param
from sim.scenario.study_designs import AUTHOR

DIVERTED, UNIT_COSTS = "diverted_share", "unit_costs"  # reached by other means than a key
GRADIENTS = "ruin"  # has a row of its own
OMEGA = "firms.temptation.omega"  # what sets the diverted share
COLUMNS = ("range", "point", "reached")  # of the table of points, so no names of quantities
SHARES = (1e-4, 1.0 - 1e-4)  # diverted shares that a few seeds can still tell from none and all
RANGES = {"halved": 0.5, "declared": 1.0, "doubled": 2.0}  # distance from the base, on the scale


class Unknown(Params):
    """One quantity: the keys that it sets, and the values between which it may lie."""

    keys: list[str] = param(
        [], unit="dotted keys", source=AUTHOR,
        meaning=f"what it sets; none for `{DIVERTED}` and `{UNIT_COSTS}`",
    )  # fmt: skip
    values: list[float] = param(
        unit="the key's, or multiples", source=AUTHOR,
        meaning="lowest and highest value; with three or more, only these are used",
    )  # fmt: skip
    scale: Literal["log", "logit"] = param(
        "log", unit="name", source=AUTHOR, meaning="where distance is measured; logit for shares"
    )
    multiple: bool = param(
        False, unit="yes or no", source=AUTHOR,
        meaning="the values multiply the base's, of every key",
    )  # fmt: skip

    @checked
    def _is_increasing_on_its_scale(self) -> Unknown:
        shown = ", ".join(f"{one:g}" for one in self.values)
        if len(self.values) < 2 or sorted(set(self.values)) != self.values:
            raise ValueError(f"values must be two or more, each above the last, found: {shown}")
        top = 1.0 if self.scale == "logit" else math.inf
        if not all(0.0 < one < top for one in self.values):
            raise ValueError(f"values on {self.scale} must lie between 0 and {top:g}: {shown}")
        return self

    def at(self, share: float) -> float:
        """Return the declared value at a share in [0, 1) of the way; each level has equal room."""
        if len(self.values) > 2:
            return self.values[int(share * len(self.values))]
        low, high = (on_scale(self.scale, one) for one in self.values)
        return off_scale(self.scale, low + share * (high - low))


def on_scale(scale: str, value: float) -> float:
    """Return ``ln v``, or ``ln(v / (1 - v))`` on logit."""
    return math.log(value) if scale == "log" else math.log(value / (1.0 - value))


def off_scale(scale: str, place: float) -> float:
    """Return the value at a place on a scale."""
    return math.exp(place) if scale == "log" else 1.0 / (1.0 + math.exp(-place))


def moved(scale: str, base: float, value: float, width: float) -> float:
    """Return the value `width` times as far from the base as `value` is, on the scale."""
    middle = on_scale(scale, base)
    return off_scale(scale, middle + width * (on_scale(scale, value) - middle))


RUIN = [
    f"firms.earnings.ruin_by_{what}" for what in ("macro", "quality", "sector", "margin", "size")
]
USUAL = {
    "taken": Unknown(keys=["firms.temptation.taken"], values=[0.3, 0.8], scale="logit"),
    "kappa_sd": Unknown(keys=["firms.opportunism_log_sd"], values=[0.4, 1.2]),
    DIVERTED: Unknown(values=[0.02, 0.05, 0.08, 0.15], scale="logit"),
    "new_noise": Unknown(keys=["firms.readings.new_share"], values=[0.15, 0.5], scale="logit"),
    "reader_noise": Unknown(
        keys=["firms.readings.reader_share"], values=[0.15, 0.45], scale="logit"
    ),
    "steps_executed": Unknown(
        keys=["banks.main.staffing.execution_base"], values=[0.15, 0.5], scale="logit"
    ),
    UNIT_COSTS: Unknown(values=[0.5, 2.0]),
    GRADIENTS: Unknown(keys=RUIN, values=[0.75, 1.0, 1.25], multiple=True),
}


class Robust(Params):
    """The claims again where what nobody knows is otherwise, under three ranges."""

    points: int = param(
        16, unit="points", ge=4, le=10_000, source=AUTHOR,
        meaning="points of the design; each is used under every range",
    )  # fmt: skip
    seeds: int = param(4, unit="seeds", meaning="seeds per point", source=AUTHOR, ge=1, le=10_000)
    ruin_seeds: int = param(
        12, unit="seeds", ge=2, le=10_000, source=AUTHOR,
        meaning="seeds of the row on ruin's gradients alone",
    )  # fmt: skip
    chinese_seeds: int = param(
        24, unit="seeds", ge=0, le=10_000, source=AUTHOR,
        meaning="seeds in the base fitted without the rows measured abroad; 0: not tried there",
    )  # fmt: skip
    quantities: dict[str, Unknown] = param(
        USUAL, unit="ranges", source="A: no source gives them; half to twice is usual",
        meaning="what nobody knows; also `diverted_share` (through omega) and `unit_costs`",
    )  # fmt: skip

    @checked
    def _can_be_set(self) -> Robust:
        if len(self.quantities) < 2:
            raise ValueError("quantities must name at least two")
        setter: dict[str, str] = {}
        for name, one in self.quantities.items():
            fault = fault_of(name, one)
            for key in one.keys or [OMEGA] * (name == DIVERTED):
                if key in setter:
                    fault = fault or f"{key} is set by {setter[key]} already; name it once"
                setter[key] = name
            if fault:
                raise ClashError(fault, "quantities", name)
        return self


def fault_of(name: str, one: Unknown) -> str:
    """Return what is wrong with a quantity by itself, or an empty text."""
    special = name in (DIVERTED, UNIT_COSTS)
    if fault := name_fault(name, ()):
        return fault
    if name in COLUMNS:
        return f"'{name}' is a column of the table of points; choose another name"
    if special and one.keys:
        return "names no keys: it is reached by other means"
    if not special and not one.keys:
        return "names no key; name at least one"
    if name == GRADIENTS and not one.multiple:
        return "must be multiples (`multiple: true`)"
    if name == DIVERTED and one.scale != "logit":
        return "is a share; its scale is logit"
    if name == DIVERTED and not SHARES[0] <= one.values[0] < one.values[-1] <= SHARES[1]:
        return f"values must lie between {SHARES[0]:g} and {SHARES[1]:g}"
    return ""


def reach_fault(one: Unknown, middle: float) -> str:
    """Return why the range about a base's value cannot be doubled in numbers, or an empty text."""
    width = max(RANGES.values())
    for value in (one.values[0], one.values[-1]):
        try:
            on_scale(one.scale, moved(one.scale, middle, value, width))
        except (ArithmeticError, ValueError):  # beyond the largest number, or 0, or a share of 1
            return f"{value:g} is too far from the base's {middle:g} to be doubled; narrow it"
    return ""
