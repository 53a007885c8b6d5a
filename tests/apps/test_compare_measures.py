"""Measures are compared with the base without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.runs.layout import Folder
from sim.runs.manifest import read_manifest
from sim.scenario.loading import load_scenario
from sim.scenario.measure import joined_keys, load_measure
from tests.apps.command import BASE, HERE, SIZE, SMALL, Smelend


@pytest.mark.usefixtures("undrawn")
def test_measures_are_compared_with_the_base_without_them(tmp_path: Path, smelend: Smelend) -> None:
    """By a name beside the base, by a shipped name and by a path; all together are one arm."""
    path = BASE.parent / "measures/pricing.yaml"
    measures = ["--measure", "approval", "--measure", "zhengzhou/measures/team"]
    words = ["--seeds", 2, *SMALL, *HERE, "--out", tmp_path / "out"]
    said = smelend("compare", BASE, *measures, "--measure", path, *words)
    assert (said.status, said.err.count("note:")) == (0, 0)
    stored = read_manifest(Folder(tmp_path / "out"))
    assert stored is not None
    name = "zhengzhou/baseline + approval + team + pricing"
    assert list(stored.arms) == ["zhengzhou/baseline", name]
    files = [BASE.parent / f"measures/{one}.yaml" for one in ("approval", "team", "pricing")]
    keys, _ = joined_keys(map(load_measure, files))
    expected = load_scenario(BASE, set=SIZE).with_(keys)
    assert stored.arms[name].hash == expected.hash


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "name another scenario to compare with the base, or a measure (--measure NAME)"),
        (["--measure", "aproval"], "no file and no measure called 'aproval'; did you mean"),
        (
            ["--measure", "team", "--set", "banks.main.staffing.turnover_monthly=0.02"],
            "set it in one of them only",
        ),
    ],
)
def test_a_measure_that_cannot_be_compared_is_told(
    words: list[str], why: str, tmp_path: Path, smelend: Smelend
) -> None:
    said = smelend("compare", BASE, *words, "--out", tmp_path / "out")
    assert said.status == 2
    assert why in said.complaint
