"""Levers far outside the values that their declarations call plausible, such as 1 meant as 1 %.

Bounds allow such values, since a study may ask what they would do; a notice costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.core.params import Params, describe
from sim.scenario.schema import FAMILIES, BankParams, Scenario
from sim.scenario.strength import value_at

WIDENED = 5.0  # times the plausible range, about its middle: what lies beyond is noticed
PRECISION = "1/sd^2"  # unit of what may be as large as one likes: then a bank makes no error


def notices(scenario: Scenario) -> list[str]:
    """Return a line per lever whose value, or that of a rule, is far from plausible ones."""
    found: dict[str, None] = {}
    for name, bank in scenario.banks.items():
        for variant in bank.variants:
            found |= dict.fromkeys(f"banks.{name}.{text}" for text in _of_bank(variant))
    return list(found)


def _of_bank(bank: BankParams) -> Iterator[str]:
    yield from _far(bank, "")
    for family in FAMILIES:
        yield from _far(getattr(bank, family), f"{family}.")


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
