"""The errors that this project raises when it cannot do what was requested.

Every message is one line that says where the error is, what was found, what is allowed and what to
do; the command line prints it without a traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class SmelendError(Exception):
    """Base of every error that a user can cause and fix."""


class RequestError(SmelendError):
    """The request is wrong: a scenario, a setting, a name (exit status 2).

    `every` has a line for each error of one file, where several were found.
    """

    every: tuple[str, ...] = ()


class SightError(SmelendError, AttributeError):
    """An observer reads a column that it may not see, or that does not exist."""


class ClashError(ValueError):
    """Values that are valid alone but not together; raised by checks of parameters.

    `key` is the path from the parameters that were checked to the value to fix.
    """

    def __init__(self, message: str, *key: str | int):
        super().__init__(message)
        self.key = key


class BooksError(SmelendError):
    """The books do not balance: an error of the program, never of the user."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known name closest to `name`, or an empty string."""
    close = closest(name, known)
    return f"; did you mean '{close}'?" if close else ""


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name closest to `name`; empty where none is close."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def nearest_few(name: str, known: Iterable[str], command: str) -> str:
    """Return the few known names closest to `name`, and the command that lists all of them."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    few = " or ".join(f"'{one}'" for one in close)
    hint = f"; did you mean {few}?" if close else ""
    return f"{hint} (`{command}` lists all)"
