"""Asking for help, checking a file and wrong words load nothing slow and end in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from sim.runs.version import model_version, package_version
from tests.apps.command import ROOT, Smelend

COMMANDS = {file.stem for file in (ROOT / "sim/apps/commands").glob("[a-z]*.py")}
SLOW = {"numba", "scipy", "pandas", "matplotlib", "mesa", "seaborn", "statsmodels", "pyarrow"}
RUN = """
import json, sys
from sim.apps.cli import main
from tests.apps.command import ROOT, Smelend
status = [main(words) for words in json.loads(sys.argv[1])]
print(json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def started(*commands: list[str], **settings: str) -> tuple[list[int], set[str], str]:
    """Return the status of each command, what a fresh process imported for them, and its output."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(commands)],
        capture_output=True, text=True, check=True, cwd=ROOT, env=os.environ | settings,
    )  # fmt: skip
    out, _, last = done.stdout.rstrip("\n").rpartition("\n")
    status, imported = json.loads(last)
    return status, set(imported), out


def test_nothing_slow_is_loaded_before_a_simulation() -> None:
    status, imported, _ = started(
        ["--help"],
        ["compare", "--help"],
        ["--version"],
        ["validate", "scenarios/zhengzhou/optimised.yaml"],
        ["describe", "metrics"],
        ["compare", "scenarios/no.yaml", "scenarios/baseline.yaml"],
    )
    assert status == [0, 0, 0, 0, 0, 2]
    assert "sim" in imported
    assert imported & SLOW == set()


def test_help_names_every_command_and_says_what_each_does(smelend: Smelend) -> None:
    said = smelend("--help")
    assert (said.status, said.err) == (0, "")
    listed = said.out.partition("Commands:\n")[2].splitlines()
    meanings = {line.split()[0]: line.split(maxsplit=1)[1] for line in listed}
    assert (
        set(meanings) == COMMANDS > {"run", "compare", "validate", "schema", "describe", "theory"}
    )
    assert list(meanings)[:2] == ["run", "compare"]
    assert all(text.endswith(".") and not text.endswith("...") for text in meanings.values())
    for command in COMMANDS:
        one = smelend(command, "-h")
        assert one.status == 0
        assert one.out.startswith(f"Usage: smelend {command} ")


def test_the_version_is_the_one_that_results_record(smelend: Smelend) -> None:
    expected = f"smelend {package_version('smelend')}, {model_version()}\n"
    assert smelend("--version") == (0, expected, "")


def test_no_words_show_the_help_and_are_no_success(smelend: Smelend) -> None:
    said = smelend()
    assert (said.status, said.out) == (2, "")
    assert "Commands:" in said.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["rnu"], ["smelend: ", "'rnu'", "see smelend --help"]),
        (["run"], ["smelend run: missing argument", "see smelend run --help"]),
        (["compare", "a.yaml"], ["smelend compare: missing argument"]),
        (["run", "a.yaml", "--sed", "3"], ["smelend run: no such option: --sed"]),
        (["run", "a.yaml", "--workers", "two"], ["smelend run: ", "--workers"]),
        (["status", "a", "b"], ["smelend status: ", "unexpected extra argument"]),
    ],
)
def test_wrong_words_are_told_in_one_line(
    words: list[str], expected: list[str], smelend: Smelend
) -> None:
    said = smelend(*words)
    assert said.status == 2
    assert all(part in said.complaint for part in expected), said.complaint


def test_piped_output_is_plain_and_fits_an_ascii_world() -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "FORCE_COLOR": "1"}
    status, _, out = started(["describe", "policies"], **ascii_only)
    assert status == [0]
    assert "cut_off" in out
    assert "\x1b" not in out
    assert out.isascii()
