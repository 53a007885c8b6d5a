"""How a function that is meant to be compiled runs as plain Python, for debuggers and small checks.

Compiled arithmetic raises nothing and warns of nothing: whole numbers wrap, a division by zero is
infinite.  The same holds here.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np


def interpreted(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that runs as it stands, as quietly as when it is compiled."""

    @functools.wraps(function)
    def run(*args: Any) -> Any:
        with np.errstate(all="ignore"):
            return function(*args)

    return run


def over_arrays(formula: Callable[..., float]) -> Callable[..., Any]:
    """Return a formula over numbers as one over arrays, their elements taken one by one."""

    @interpreted
    def run(*args: Any) -> Any:
        arrays = np.broadcast_arrays(*(np.asarray(one, np.float64) for one in args))
        found = np.empty(arrays[0].shape)
        for at in np.ndindex(found.shape):
            found[at] = formula(*(one[at] for one in arrays))
        return found if found.shape else found[()]

    return run
