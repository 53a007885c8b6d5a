"""A Ctrl-C that something swallowed is raised again at the next look, and only while running."""

from __future__ import annotations

import contextlib
import signal
import threading

import pytest

from sim.runs.interrupts import Interrupts


def test_a_swallowed_ctrl_c_comes_again() -> None:
    with Interrupts() as interrupts:
        interrupts.stop_if_asked()  # nobody has pressed it
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupts.stop_if_asked()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_ignores_ctrl_c_goes_on_ignoring_it() -> None:
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts:
            signal.raise_signal(signal.SIGINT)
            interrupts.stop_if_asked()
    finally:
        signal.signal(signal.SIGINT, usual)


def test_other_threads_leave_signals_alone() -> None:
    def run() -> None:
        with Interrupts() as interrupts:
            interrupts.stop_if_asked()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
