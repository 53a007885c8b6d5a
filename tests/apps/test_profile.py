"""`smelend run --profile` says where a month's time goes, and writes nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.apps.profiling import profile_text
from sim.model.month import PLAN
from sim.model.plan_edits import steps_of
from sim.model.profile import Phase, Profile
from tests.apps.command import BASE, OTHER, SMALL, Smelend


def test_it_shows_every_phase_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.chdir(tmp_path)
    said = smelend("run", BASE, "--profile", *SMALL)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("zhengzhou/baseline: seed 1; 300 firms\n")
    names = [step.name for _, _, step in steps_of(PLAN)]
    shown = [line.split("  ")[0] for line in said.out.splitlines()]
    assert [name for name in shown if name in names] == names
    assert "6 months from month 1 on" in said.out
    assert list(tmp_path.iterdir()) == []


def test_seeds_are_lived_side_by_side_and_each_arm_has_its_table(smelend: Smelend) -> None:
    said = smelend("run", BASE, OTHER, "--profile", "--seeds", "3", *SMALL, "--no-check")
    assert said.status == 0
    for arm in ("baseline", "optimised"):
        who = f"zhengzhou/{arm}: the first 3 of 3 seeds, side by side; 900 firms"
        assert who in said.out
    assert said.out.count("The books' check is off.") == 2


@pytest.mark.parametrize("word", [["--out", "x"], ["--workers", "0"], ["--dry-run"], ["--detail"]])
def test_what_it_would_ignore_is_refused(word: list[str], smelend: Smelend) -> None:
    said = smelend("run", BASE, "--profile", *word, *SMALL)
    assert said.status == 2
    assert f"leave out {word[0]}" in said.complaint


def test_the_figures_are_those_of_the_profile() -> None:
    """Medians of three months by hand: 2 and 3 us, 1 us beside; 6 us a month in all."""
    phases = (
        Phase("", "blank ledger", "Turn the page"),
        Phase("firms earn", "earnings.earn", "Let firms earn"),
    )
    seconds = np.array([[1.0, 3.0, 1.0], [2.0, 90.0, 1.0], [3.0, 2.0, 1.0]]) * 1e-6
    lines = profile_text(Profile(phases, seconds, 10, 1), check=True, width=100)
    found = {line.split("  ")[0]: line.split()[-3:] for line in lines}
    assert found["blank ledger"] == ["2.0", "200.00", "33.3"]
    assert found["earnings.earn"] == ["3.0", "300.00", "50.0"]
    month = next(line for line in lines if "A month" in line)
    assert month.split()[-3:] == ["6.0", "600.00", "100.0"]
    assert "Firms earn (50%)" in lines
