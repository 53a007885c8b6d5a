"""Handles Ctrl-C so that it cannot be lost.

Python raises its exception wherever the program is, and compiled code or a finaliser sometimes
swallows it.  So it is also recorded, and raised again at the next check.  A second press shortly
after the first, or once the batch stops, is ignored: it would interrupt the saving.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

from sim.core.presses import Presses


class Interrupts:
    """Record Ctrl-C inside a `with` block; only the main thread can be interrupted."""

    def __init__(self) -> None:
        self.noted = False
        self.stopping = False
        self._previous = signal.getsignal(signal.SIGINT)
        # a command's own handler, which takes over when the batch ends, knows the presses so far
        known = getattr(self._previous, "presses", None)
        self.presses = known if isinstance(known, Presses) else Presses()

    def __enter__(self) -> Interrupts:
        if self._active():
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._active():
            signal.signal(signal.SIGINT, self._previous)

    def stop_if_asked(self) -> None:
        """Raise `KeyboardInterrupt` if Ctrl-C was pressed, even if it was swallowed then."""
        if self.noted:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.noted = True
        if not self.presses.repeated() and not self.stopping:
            raise KeyboardInterrupt

    def _active(self) -> bool:
        main = threading.current_thread() is threading.main_thread()
        return main and callable(self._previous)  # ignored, or left to the system: so it stays


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the end of a block; processes started in it never get it.

    Blocking the signal in this thread is not enough: it may reach another thread of the process
    (a linear-algebra library starts some), and Python then interrupts the main one.
    """
    handler = signal.getsignal(signal.SIGINT)
    held = callable(handler) and threading.current_thread() is threading.main_thread()
    pressed: list[tuple[int, FrameType | None]] = []
    if held:
        signal.signal(signal.SIGINT, lambda number, frame: pressed.append((number, frame)))
    blocked = hasattr(signal, "pthread_sigmask")  # not on Windows
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if blocked else set()
    try:
        yield
    finally:
        if blocked:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if held:
            signal.signal(signal.SIGINT, handler)
        if pressed and callable(handler):
            handler(*pressed[-1])
