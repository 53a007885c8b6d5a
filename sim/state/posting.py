"""What a mechanism's posting may write: the tables that it names, and nothing else.

`state` alone holds the writable side of the tables.  A mechanism's posting is marked with the
tables that it writes; it then gets their writable sides, and the read side of all others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from sim.core.columns import Schema
from sim.core.errors import RequestError
from sim.state.market import Market
from sim.state.post.live_loans import drop_ended, refresh_live

F = TypeVar("F")
T = TypeVar("T")


class Written:
    """The tables that one posting may write; `market` shows all tables, to be read."""

    def __init__(self, market: Market, writes: Sequence[Schema[Any]]):
        self.market = market
        self._writes = writes

    def table(self, schema: Schema[T]) -> T:
        """Return the writable side of a table; raises `RequestError` unless `writes` names it."""
        if schema not in self._writes:
            named = ", ".join(one.name for one in self._writes) or "none"
            raise RequestError(
                f"this posting writes {named}; to write {schema.name}, name it in writes="
            )
        return self.market.writable(schema)

    def refresh_live(self) -> None:
        """List again the slots with a loan, after loans have left the book or come into it."""
        refresh_live(self.market)

    def drop_ended(self) -> None:
        """Take the loans that have left the book from the list of slots with a loan."""
        drop_ended(self.market)


class Posting(Generic[F]):
    """A posting of a mechanism: a function of what it may write and the fact that it posts."""

    def __init__(self, write: Callable[[Written, F], None], writes: Sequence[Schema[Any]]):
        self.write = write
        self.writes = tuple(writes)
        self.__name__ = write.__name__
        self.__module__ = write.__module__
        self.__doc__ = write.__doc__

    def __call__(self, market: Market, fact: F) -> None:
        self.write(Written(market, self.writes), fact)


def posting(
    *, writes: Sequence[Schema[Any]]
) -> Callable[[Callable[[Written, F], None]], Posting[F]]:
    """Mark a function as the posting of a mechanism, which writes the tables named."""

    def mark(write: Callable[[Written, F], None]) -> Posting[F]:
        return Posting(write, writes)

    return mark
