"""Where a value was written, and the one-line error message that names this place.

Every step of reading a scenario can refuse its input.  All messages name the place, the dotted
key and the value found in the same format, which is defined here once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.core.errors import RequestError
from sim.core.names import printable

LONGEST_SHOWN = 60  # characters of a value or key that a message repeats

Key = tuple[str | int, ...]


class Place(NamedTuple):
    """A point in a file, or, with line 0, another origin such as ``--set firms.count``."""

    origin: str
    line: int = 0  # from 1
    column: int = 0  # from 1

    def __str__(self) -> str:
        return f"{self.origin}:{self.line}:{self.column}" if self.line else self.origin


class Marks(NamedTuple):
    """Where a key and its value were written; the root and list items have no key of their own."""

    key: Place
    value: Place


Positions = dict[Key, Marks]


class Document(NamedTuple):
    """Plain data (mappings, lists, text, numbers, booleans, None), and the place of each value."""

    data: Any
    positions: Positions


def stamp(data: Any, place: Place, key: Key = ()) -> Positions:
    """Return positions that put `data`, found at `key`, and everything in it at one place."""
    positions: Positions = {key: Marks(place, place)}
    if isinstance(data, dict | list):
        for part, value in data.items() if isinstance(data, dict) else enumerate(data):
            positions.update(stamp(value, place, (*key, part)))
    return positions


def shortened(text: str) -> str:
    """Return `text` cut to `LONGEST_SHOWN` characters."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def dotted(key: Key) -> str:
    """Write a key as ``banks.main.cut_off``."""
    return ".".join(shortened(printable(str(part))) for part in key)


def shown(value: Any) -> str:
    """Write a value as YAML would, short enough for a message; None is "nothing"."""
    return "nothing" if value is None else shortened(printable(_flow(value, LONGEST_SHOWN)))


def _flow(value: Any, room: int) -> str:
    """Write `value` as flow YAML; parts that begin after `room` characters are left out."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value[: room + 1]}" + ("'" if len(value) <= room else "")
    if isinstance(value, dict | list):
        parts: list[str] = []
        for part in value:
            if room < 0:
                break
            mapping = isinstance(value, dict)
            parts.append(f"{part}: {_flow(value[part], room)}" if mapping else _flow(part, room))
            room -= len(parts[-1])
        inside = ", ".join(parts)
        return f"{{{inside}}}" if isinstance(value, dict) else f"[{inside}]"
    return str(value) if not _huge(value) else "a number of more than 300 digits"


def _huge(value: Any) -> bool:
    return isinstance(value, int) and value.bit_length() > 1000


def refusal(place: Place | None, message: str) -> RequestError:
    """Return the error ``place: message``, always on one line."""
    return RequestError(printable(f"{place}: {message}" if place else message))
