"""The form that every exact answer has, and how to find one.

A row is a module of this package with

- `ROW`, its letter, and `TITLE`, its content in one line;
- `closed_form(**parameters)`, the answer as named numbers;
- `EXAMPLES`, printed values that fix how the formula is to be read.

Adding a row is adding a file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, cast

from sim.core.errors import RequestError, nearest

Answer = dict[str, float]


@dataclass(frozen=True)
class Example:
    """Parameters, and some numbers of the answer as they are printed, to `digits` decimals."""

    parameters: Mapping[str, Any]
    expected: Mapping[str, float]
    digits: int

    def holds(self, answer: Mapping[str, float]) -> bool:
        """Return whether an answer agrees with every expected number to its printed digits."""
        unit = 10.0**-self.digits
        return all(
            abs(answer[name] - value) <= 0.5001 * unit for name, value in self.expected.items()
        )


class Row(Protocol):
    """A module of this package that holds an exact answer."""

    __name__: str
    __doc__: str | None
    ROW: str
    TITLE: str
    EXAMPLES: tuple[Example, ...]
    closed_form: Callable[..., Answer]


@cache
def rows() -> dict[str, Row]:
    """Return every row under its file name, in the order of their letters."""
    package = __name__.rpartition(".")[0]
    modules = [
        (info.name, importlib.import_module(f"{package}.{info.name}"))
        for info in pkgutil.iter_modules(importlib.import_module(package).__path__)
    ]
    found = {name: cast(Row, module) for name, module in modules if hasattr(module, "closed_form")}
    return dict(sorted(found.items(), key=lambda item: item[1].ROW))


def row(name: str) -> Row:
    """Return the row of a file name or letter; raise `RequestError` with the nearest name."""
    by_letter = {found.ROW: found for found in rows().values()}
    known = rows() | by_letter
    if name not in known:
        listed = ", ".join(f"{found.ROW} {key}" for key, found in rows().items())
        raise RequestError(f"no theory called '{name}'; known: {listed}{nearest(name, known)}")
    return known[name]
