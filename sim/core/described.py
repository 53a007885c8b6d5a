"""Declared parameters as reference pages show them: default, unit, bounds, meaning, source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

from pydantic.fields import FieldInfo

from sim.core.params import Params
from sim.core.pulled import Pulled, pulled_of


class Described(NamedTuple):
    """One parameter as the reference pages show it."""

    key: str
    default: Any
    unit: str
    bounds: str
    meaning: str
    source: str
    cost: str
    no_lever: str
    pulled: Pulled | None


def bounds_of(field: FieldInfo) -> str:
    """Write the bounds of a field as an interval, for example ``[0, 1)``."""
    low, high, left, right = "-inf", "inf", "(", ")"
    parts = [getattr(part, "__metadata__", ()) for part in get_args(field.annotation)]
    inside = [rule for part in parts for info in part for rule in getattr(info, "metadata", ())]
    for rule in (*field.metadata, *inside):  # of a union, the bounds of a member
        for name in ("ge", "gt", "le", "lt"):
            value = getattr(rule, name, None)
            if value is None:
                continue
            if name in ("ge", "gt"):
                low, left = f"{value:g}", "[" if name == "ge" else "("
            else:
                high, right = f"{value:g}", "]" if name == "le" else ")"
    return f"{left}{low}, {high}{right}"


def describe(params: type[Params], prefix: str = "") -> Iterator[Described]:
    """Yield every declared parameter of a class, nested ones with dotted keys."""
    for name, field in params.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, Params):
            yield from describe(inner, f"{prefix}{name}.")
            continue
        extra = field.json_schema_extra
        if not isinstance(extra, dict) or "source" not in extra:
            continue
        bounds = bounds_of(field)
        if isinstance(listed := extra.get("enum"), list):
            bounds = "one of " + ", ".join(map(str, listed))
        if inner is bool:
            bounds = "true or false"
        yield Described(
            f"{prefix}{name}",
            field.get_default(call_default_factory=True) if not field.is_required() else "required",
            str(extra["unit"]),
            bounds,
            field.description or "",
            str(extra["source"]),
            str(extra.get("cost", "")),
            str(extra.get("no_lever", "")),
            pulled_of(extra.get("pulled")),
        )
