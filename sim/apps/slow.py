"""Says what a command is at where it would be silent for long."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from sim.runs.progress import SILENT


@contextmanager
def said_if_slow(text: str, *, quiet: bool = False, after: float = SILENT) -> Iterator[None]:
    """Print a text on standard error once this block has taken `after` seconds."""
    timer = threading.Timer(after, _say, (text, sys.stderr))
    timer.daemon = True
    if not quiet:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say(text: str, stream: TextIO | None) -> None:
    if stream is None:  # a closed one; `print` would take standard output
        return
    with contextlib.suppress(OSError, ValueError):  # a closed or full stream stops nothing
        print(text, file=stream, flush=True)
