"""Values as a YAML file would write them, on one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_yaml(value: Any) -> Any:
    """Return a value as YAML writes it; numbers and text are returned unchanged."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return "[" + ", ".join(str(as_yaml(item)) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {as_yaml(one)}" for key, one in value.items()) + "}"
    return value
