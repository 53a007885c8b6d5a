"""The sweeps that docs/commands.md shows are right as they stand, one of each kind."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from sim.analysis.experiments.kinds.plan import load_plan
from sim.runs.sweep import SWEEPS
from tests.apps.command import ROOT

PLAN = "kind: plan\ntitle: T\nbases: [zhengzhou/baseline]\nseeds: 2\n"


def test_each_kind_of_sweep_is_shown_and_can_be_built(tmp_path: Path) -> None:
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", page, re.S)
    blocks = [one for one in shown if one.startswith("sweep:")]
    kinds = [yaml.safe_load(one)["sweep"]["kind"] for one in blocks]
    assert sorted(kinds) == sorted(SWEEPS.members)
    for kind, block in zip(kinds, blocks, strict=True):
        file = tmp_path / f"{kind}.yaml"
        file.write_text(PLAN + block)
        sizes = {"grid": 4, "list": 2, "latin_hypercube": 20, "sobol": 16}
        assert len(load_plan(file).plan.arms) == sizes[kind]
