"""What makes two resolved scenarios the same: one canonical text, and its SHA-256.

Results are stored and resumed under this hash, so it must not depend on the order of keys, on the
Python version, or on hash randomisation.
"""

from __future__ import annotations

import datetime
import enum
import hashlib
import json
import math
import os
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


def digest(content: BaseModel | Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode("ascii")).hexdigest()


def canonical(content: BaseModel | Mapping[str, Any]) -> str:
    """Return JSON in ASCII with sorted keys, no spaces, and floats by their shortest exact text.

    Raises `TypeError` or `ValueError` for content that has no such text, such as a NaN.
    """
    data = content.model_dump() if isinstance(content, BaseModel) else content
    return _text(_plain(data))


def _text(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} has no canonical text")
        return value + 0.0  # -0.0 equals 0.0, so it must have the same hash
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=_text)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(f"a {type(value).__name__} has no canonical text")
