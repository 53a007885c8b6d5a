"""Rules stay within their columns: months of several worlds with every index checked."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.contracts.checked_indexes import ROOT, WORLDS


@pytest.mark.thorough
def test_no_index_leaves_its_column() -> None:
    # as plain Python, which checks each; .ci/run does the same with larger worlds, compiled
    done = subprocess.run(
        [sys.executable, "-m", "tests.contracts.checked_indexes", "120", "12"],
        cwd=ROOT, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    expected = ["checked", *(f"simulated {path}" for path in WORLDS)]
    assert done.stdout.splitlines() == expected, done.stderr
