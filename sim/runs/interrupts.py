"""Handles Ctrl-C so that it cannot be lost.

Python raises its exception wherever the program is, and compiled code or a finaliser sometimes
swallows it.  So it is also recorded, and raised again at the next check.  Once the batch stops,
further presses are ignored until its end, so that they do not interrupt the saving.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType


class Interrupts:
    """Record Ctrl-C inside a `with` block; only the main thread can be interrupted."""

    def __init__(self) -> None:
        self.noted = False
        self.stopping = False
        self._previous = signal.getsignal(signal.SIGINT)

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
        if not self.stopping:
            raise KeyboardInterrupt

    def _active(self) -> bool:
        main = threading.current_thread() is threading.main_thread()
        return main and callable(self._previous)  # ignored, or left to the system: so it stays


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the end of a block; processes started in it never get it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
