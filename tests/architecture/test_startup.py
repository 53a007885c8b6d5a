"""Asking for help starts at once: nothing slow is imported before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys

SLOW = {"numba", "scipy", "pandas", "matplotlib", "mesa", "seaborn", "statsmodels", "pyarrow"}

# runs the command in a fresh interpreter, then says on the last line what was imported
RUN = """
import json, sys
from sim.apps.cli import main
sys.argv = ["smelend", *sys.argv[1:]]
try:
    status = main()
except SystemExit as done:
    status = done.code
print()
print(json.dumps([status or 0, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def command(*arguments: str) -> tuple[int, set[str], str]:
    """Return the exit status, the outside packages imported, and what was printed."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], capture_output=True, text=True, check=True
    )
    text, _, last = done.stdout.rstrip().rpartition("\n")
    status, imported = json.loads(last)
    return status, set(imported), text


def test_help_imports_nothing_slow() -> None:
    status, imported, text = command("--help")
    assert status == 0
    assert "compare" in text
    assert "sim" in imported
    assert imported & SLOW == set()


def test_the_front_door_imports_nothing_slow() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, sim; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {name.partition(".")[0] for name in done.stdout.split()}
    assert "sim" in imported
    assert imported & SLOW == set()
