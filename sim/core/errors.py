"""What this project says when it cannot do what was asked.

Every message is one line that says where, what was found, what is allowed and what to do;
the command line prints it without a traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class SmelendError(Exception):
    """Base of every error that a user can cause and mend."""


class RequestError(SmelendError):
    """What was asked for is wrong: a scenario, a setting, a name (exit status 2)."""


class SightError(SmelendError, AttributeError):
    """An observer asked for a column that it may not see, or that does not exist."""


class ClashError(ValueError):
    """Values that are possible alone and not together, for a check of parameters to raise.

    `key` leads from the parameters that were checked to the value to mend.
    """

    def __init__(self, message: str, *key: str):
        super().__init__(message)
        self.key = key


class BooksError(SmelendError):
    """The books do not balance: a fault of the program, never of the user."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known name closest to `name`, or an empty string."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
