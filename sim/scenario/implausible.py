"""Values to look at again: far from all plausible ones, such as 1 meant as 1 %, or not used.

Bounds allow such values, since a study may ask what they would do; a notice costs nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sim.core.described import describe
from sim.core.params import Params
from sim.scenario.schema import FAMILIES, BankParams, Scenario
from sim.scenario.strength import value_at

WIDENED = 5.0  # times the plausible range, about its middle: what lies beyond is noticed
UNLIKE = 50.0  # times the usual amount of money, or that part of it: perhaps in another unit
PRECISION = "1/sd^2"  # unit of what may be as large as one likes: then a bank makes no error


def notices(scenario: Scenario, stated: Collection[str] = ()) -> list[str]:
    """Return a line per value, or value of a rule, that is far from plausible ones.

    `stated` are the dotted keys that the author has just set: what is not used is noticed of these.
    """
    found = dict.fromkeys([
        *_unlike(scenario.firms, "firms."), *_unlike(scenario.economy, "economy."),
    ])  # fmt: skip
    for name, bank in scenario.banks.items():
        for variant in bank.variants:
            found |= dict.fromkeys(f"banks.{name}.{text}" for text in _of_bank(variant))
        found |= dict.fromkeys(_unused(bank, f"banks.{name}.", stated))
    return list(found)


def _of_bank(bank: BankParams) -> Iterator[str]:
    for params, prefix in ((bank, ""), *((getattr(bank, one), f"{one}.") for one in FAMILIES)):
        yield from _far(params, prefix)
        yield from _unlike(params, prefix)


def _unused(bank: BankParams, prefix: str, stated: Collection[str]) -> Iterator[str]:
    for family in FAMILIES:
        for name, why in getattr(bank, family).unused().items():
            key = f"{prefix}{family}.{name}"
            if key in stated:
                yield f"{key}: not used, since {why}"


def _unlike(params: Params, prefix: str) -> Iterator[str]:
    """Yield a line per amount of money that may have been meant in another unit."""
    data = params.model_dump(mode="json")
    for one in describe(type(params)):
        value, usual = value_at(data, one.key), one.default
        if not (one.unit.startswith("CNY") and _is_number(value) and _is_number(usual)):
            continue
        if min(value, usual) > 0.0 and not 1.0 / UNLIKE < value / usual < UNLIKE:
            times, way = (
                (value / usual, "times") if value > usual else (usual / value, "times below")
            )
            yield (
                f"{prefix}{one.key}: {value:,g} is {times:,.0f} {way} the usual {usual:,g} "
                f"({one.unit}); is it in that unit?"
            )


def _far(params: Params, prefix: str) -> Iterator[str]:
    data = params.model_dump(mode="json")
    for one in describe(type(params)):
        value = value_at(data, one.key)
        usual = value == one.default or one.unit == PRECISION
        if one.pulled is None or usual or not _is_number(value):
            continue
        low, high = one.pulled.extremes
        if not (_is_number(low) and _is_number(high)):
            continue
        beyond = (WIDENED - 1.0) / 2.0 * (high - low)
        if not low - beyond <= value <= high + beyond:
            yield (
                f"{prefix}{one.key}: {value:g} is far outside its plausible range "
                f"{low:g} to {high:g} ({one.unit})"
            )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
