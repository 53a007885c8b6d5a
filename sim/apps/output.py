"""Standard output and error that may be closed or full: the results on disk must not suffer.

A command that cannot print its text ends with one line and its files kept; a message or a bar of
progress that cannot be printed is dropped.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from sim.core.errors import RequestError


class Guarded:
    """A text stream whose failing writes are a `RequestError`, or nothing if `optional`."""

    def __init__(self, stream: TextIO, optional: bool):
        self.stream = stream
        self.optional = optional

    def write(self, text: str) -> int:
        """Write text, as the stream does."""
        try:
            return self.stream.write(text)
        except OSError as fault:
            return self._failed(fault)

    def flush(self) -> None:
        """Flush, as the stream does."""
        try:
            self.stream.flush()
        except OSError as fault:
            self._failed(fault)

    def _failed(self, fault: OSError) -> int:
        drop(self.stream)
        if self.optional:
            return 0
        if isinstance(fault, BrokenPipeError):
            raise fault
        raise RequestError(
            f"cannot write the output: {fault.strerror or fault}; files written so far are kept"
        ) from fault

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Guard both streams in a block; a closed one leads nowhere, and stays so."""
    _occupy()
    before: tuple[TextIO | None, TextIO | None] = sys.stdout, sys.stderr
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        sys.stdout, sys.stderr = (
            cast(TextIO, Guarded(stream or nowhere, optional))
            for stream, optional in zip(before, (False, True), strict=True)
        )
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before


def drop(stream: TextIO) -> None:
    """Send a stream nowhere: the interpreter flushes it again at exit, and must not fail then."""
    with suppress(OSError, ValueError):  # no file behind it, as in a notebook
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _occupy() -> None:
    """Open closed standard files to nowhere: the next file opened would get their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
