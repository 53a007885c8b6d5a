"""A path as a caller gives it: text or a path object, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from sim.core.errors import RequestError
from sim.core.names import as_given


def path_of(given: object, what: str) -> Path:
    """Return a path, not resolved; `what` is its name in messages.

    Raises `RequestError` for anything but text and path objects, and for an empty text.
    """
    text = os.fspath(given) if isinstance(given, str | os.PathLike) else None
    if not isinstance(text, str):
        raise RequestError(f"{what}: give a path; found {as_given(given)}")
    if not text:
        raise RequestError(f"{what}: the path is empty; give one")
    return Path(text)
