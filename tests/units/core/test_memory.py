"""Freed memory is kept where the C library can be asked to."""

from __future__ import annotations

import platform

from sim.core.memory import keep_freed_memory


def test_glibc_agrees_and_others_are_left_alone() -> None:
    assert keep_freed_memory() == (platform.libc_ver()[0] == "glibc")
