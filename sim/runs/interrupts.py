"""Ctrl-C that cannot be lost.

Its exception is raised wherever the program happens to be, and compiled code or a finaliser that
is interrupted now and then swallows it.  So it is also noted, and raised again at the next look.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType


class Interrupts:
    """Between entering and leaving, notes Ctrl-C; only the main thread can be interrupted."""

    def __init__(self) -> None:
        self.noted = False
        self._usual = signal.getsignal(signal.SIGINT)

    def __enter__(self) -> Interrupts:
        if self._stopped():
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stopped():
            signal.signal(signal.SIGINT, self._usual)

    def stop_if_asked(self) -> None:
        """Raise `KeyboardInterrupt` if Ctrl-C was pressed, whatever became of it then."""
        if self.noted:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.noted = True
        raise KeyboardInterrupt

    def _stopped(self) -> bool:
        main = threading.current_thread() is threading.main_thread()
        return main and self._usual is signal.default_int_handler
