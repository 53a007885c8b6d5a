"""Measures made stronger or weaker, and policies made more expensive: other sizes of each lever.

A lever of strength s is set to ``base + s (final - base)``, limited to its declared bounds; what
is added, as in {add: 4}, is added s times;
switches and choices have no size and keep their values.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from sim.core.params import Params
from sim.scenario.schema import FAMILIES, Scenario
from sim.scenario.tracing import Declared

Rules = tuple[Any, ...]  # what pydantic knows of a field, bounds among it


def value_at(data: Any, key: str) -> Any:
    """Return the value at a dotted key of a dumped scenario, or None if there is none."""
    for part in key.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def strengthened(
    base: Mapping[str, Any], keys: Mapping[str, Any], strength: float | Mapping[str, float]
) -> dict[str, Any]:
    """Return the keys of a measure at another strength.

    `base` is the dumped scenario without measures; `strength` is one number or one per key.
    """
    found: dict[str, Any] = {}
    for key, final in keys.items():
        size = strength if isinstance(strength, int | float) else strength.get(key, 1.0)
        start = value_at(base, key)
        if _is_number(final) and _is_number(start):
            value = bounded(base, key, start + size * (final - start))
            found[key] = round(value) if isinstance(start, int) else value
        elif isinstance(final, Mapping) and set(final) == {"add"} and _is_number(final["add"]):
            found[key] = {"add": round(size * final["add"])}
        elif isinstance(final, list) and isinstance(start, list) and len(start) == len(final):
            # shares that sum to one still do so only between the base and the final values
            part = min(size, 1.0)
            found[key] = [a + part * (b - a) for a, b in zip(start, final, strict=True)]
        else:
            found[key] = final
    return found


def with_higher_prices(scenario: Scenario, multiple: float) -> dict[str, float]:
    """Return every price of a bank's policies times a number, by dotted key, within its bounds.

    A price is what declares itself one (`no_lever="price"`): unit costs, salaries, fees, premia.
    """
    return {
        f"banks.{bank}.{family}.{name}": _within(multiple * price, rules)
        for bank, policies in scenario.banks.items()
        for family in FAMILIES
        for name, price, rules in _prices(getattr(policies, family))
    }


def _prices(policy: Params, prefix: str = "") -> Iterator[tuple[str, float, Rules]]:
    """Yield name, value and bounds of the fields declared as prices, nested ones with dots."""
    declared = _declared_prices(type(policy))
    for name in type(policy).model_fields:
        value = getattr(policy, name)
        if isinstance(value, Params):
            yield from _prices(value, f"{prefix}{name}.")
        elif name in declared:
            yield f"{prefix}{name}", float(value), declared[name]


@functools.cache
def _declared_prices(model: type[Params]) -> dict[str, Rules]:
    """Return the bounds of each field of a class of policies that is declared a price."""
    return {
        name: Declared(field.annotation).with_field(field).bare().rules
        for name, field in model.model_fields.items()
        if isinstance(field.json_schema_extra, dict)
        and field.json_schema_extra.get("no_lever") == "price"
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def bounded(base: Mapping[str, Any], key: str, value: float) -> float:
    """Return the value within the bounds that the key declares."""
    declared, data = Declared(Scenario), base
    for part in key.split("."):
        data = data.get(part, {}) if isinstance(data, Mapping) else {}
        declared = declared.inner(part)
        kinds = declared.members()
        kind = data.get("kind") if isinstance(data, Mapping) else None
        if kinds and kind in kinds:
            declared = Declared(kinds[kind])
    return _within(value, declared.bare().rules)


def _within(value: float, rules: Rules) -> float:
    """Return the value within declared bounds."""
    for rule in rules:
        for name, bind, inside in (("ge", max, 0), ("gt", max, 1), ("le", min, 0), ("lt", min, -1)):
            bound = getattr(rule, name, None)
            if bound is not None:
                value = bind(value, float(bound) + inside * 1e-6 * (1.0 + abs(float(bound))))
    return value
