"""Freed memory is kept where the C library can be asked to, and tables lie in large pages."""

from __future__ import annotations

import mmap
import platform

import numpy as np
import pytest

from sim.core.memory import PAGE, in_large_pages, keep_freed_memory


def test_glibc_agrees_and_others_are_left_alone() -> None:
    assert keep_freed_memory() == (platform.libc_ver()[0] == "glibc")


@pytest.mark.parametrize("size", [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE])
def test_memory_is_as_long_as_asked_empty_and_to_be_written(size: int) -> None:
    memory = in_large_pages(size)
    assert memory.dtype == np.uint8
    assert memory.size == size
    assert not memory.any()
    memory[:] = 7
    assert memory.sum() == 7 * size


@pytest.mark.skipif(not hasattr(mmap, "MADV_HUGEPAGE"), reason="large pages are asked of Linux")
def test_a_large_piece_begins_with_a_page() -> None:
    assert in_large_pages(PAGE).ctypes.data % PAGE == 0
    assert in_large_pages(2 * PAGE + 5).ctypes.data % PAGE == 0


def test_two_pieces_share_nothing() -> None:
    one, other = in_large_pages(PAGE), in_large_pages(PAGE)
    one[:] = 1
    assert not other.any()


def test_without_large_pages_there_is_memory_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(mmap, "MADV_HUGEPAGE", raising=False)
    assert in_large_pages(PAGE).size == PAGE
