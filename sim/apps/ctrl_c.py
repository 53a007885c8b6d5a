"""Ctrl-C in a command, from its first line to its exit: one line, status 130, never a traceback.

It ends a program that is still loading at once, since nothing has begun.  Later it interrupts the
command, which saves what is done; a second press shortly after is taken for the first, so that it
does not interrupt the saving.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType

from sim.core.presses import Presses

STOPPED = 130


class CtrlC:
    """What Ctrl-C does while a program loads, and while it runs."""

    def __init__(self) -> None:
        self.loading = True
        self.presses = Presses()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.loading:
            os.write(2, b"stopped\n")
            os._exit(STOPPED)
        if not self.presses.repeated():
            raise KeyboardInterrupt


def stoppable(load: Callable[[], Callable[[], int]]) -> int:
    """Load a program, run it and return its status; where Ctrl-C is ignored it stays so."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return load()()
    handler = CtrlC()
    signal.signal(signal.SIGINT, handler)
    program = load()
    handler.loading = False
    try:
        status = program()
    except KeyboardInterrupt:
        status = STOPPED
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to stop
    return status
