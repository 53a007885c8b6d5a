"""What was asked lies in the manifest from the first run on, so a report can say it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.account import account_of
from sim.apps.cli import main
from sim.runs.layout import Folder
from sim.runs.manifest import known_manifest
from tests.apps.command import HERE, PLAIN, ROOT, SMALL

STUDY = ROOT / "experiments/zhengzhou.yaml"


def test_the_command_is_kept_so_that_a_shell_takes_it_back(tmp_path: Path) -> None:
    folder = tmp_path / "my runs; rm"
    words = ["run", PLAIN, "--seeds", 1, *SMALL, *HERE, "--quiet", "--out", folder]
    typed = [str(word) for word in words]
    assert main(typed) == 0
    asked = known_manifest(Folder(folder)).asked
    assert asked["kind"] == "run"
    assert shlex.split(asked["command"]) == ["smelend", *typed]


def test_a_plan_file_gives_its_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tmp_path / "plan.yaml"
    size = "{firms.count: 200, horizon: 3, burn_in.months: 3}"
    plan.write_text(f"kind: plan\ntitle: Two words\nbases: [{PLAIN}]\nseeds: 1\nset: {size}\n")
    assert main(["run", str(plan), *HERE, "--quiet", "--out", str(tmp_path / "out")]) == 0
    assert known_manifest(Folder(tmp_path / "out")).asked["title"] == "Two words"


def test_a_study_states_its_hypothesis_and_measures() -> None:
    study = load_study(STUDY)
    account = account_of(study)
    assert account["hypothesis"] == study.content.hypothesis
    assert list(account["measures"]) == list(study.measures)
    assert account["measures"]["pricing"]["keys"] == {"banks.main.pricing.sensitivity": 0.8}
    assert account["claims"]["win_win"].startswith("1.8: better assets")
    assert account["arms"]["calm"]["why"].startswith("the common factor")
