"""Handles Ctrl-C so that it cannot be lost.

Python raises its exception wherever the program is, and compiled code or a finaliser sometimes
swallows it.  So it is also recorded, and raised again at the next check.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType


class Interrupts:
    """Record Ctrl-C inside a `with` block; only the main thread can be interrupted."""

    def __init__(self) -> None:
        self.noted = False
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
        raise KeyboardInterrupt

    def _active(self) -> bool:
        main = threading.current_thread() is threading.main_thread()
        return main and self._previous is signal.default_int_handler
