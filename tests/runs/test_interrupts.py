"""A Ctrl-C that something swallowed is raised again at the next look, and only while running."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time

import pytest

from sim.apps.ctrl_c import CtrlC
from sim.runs.interrupts import Interrupts, uninterrupted


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


def test_ctrl_c_is_held_back_even_where_another_thread_gets_the_signal() -> None:
    waiting = threading.Event()
    other = threading.Thread(target=waiting.wait)  # started before: it does not block the signal
    other.start()
    done = False
    try:
        with pytest.raises(KeyboardInterrupt), uninterrupted():  # noqa: PT012 - held in a block
            signal.raise_signal(signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
            done = True
    finally:
        waiting.set()
        other.join()
    assert done
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_press_at_once_is_taken_for_the_first() -> None:
    with Interrupts() as interrupts:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)  # does not interrupt what the first one began
        assert interrupts.noted


def test_a_second_press_when_the_batch_has_just_ended_is_taken_for_the_first() -> None:
    command = CtrlC()
    command.loading = False
    usual = signal.signal(signal.SIGINT, command)
    try:
        with Interrupts(), pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)  # the command's own handler has it; it must not raise
    finally:
        signal.signal(signal.SIGINT, usual)
