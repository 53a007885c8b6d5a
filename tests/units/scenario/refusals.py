"""What a call refuses, so that a test may state it whether or not the call succeeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.core.errors import RequestError


def refusal_of(call: Callable[..., Any], *arguments: Any) -> str | None:
    """Return the message of the `RequestError` that a call raises, or None if it succeeds.

    Any other exception passes, and fails the test.
    """
    try:
        call(*arguments)
    except RequestError as refused:
        return str(refused)
    return None
