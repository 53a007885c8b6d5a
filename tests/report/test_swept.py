"""A sweep shows what each arm changes, against the first arm of the same base."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.apps.results_text import text_of_sweep
from sim.core.shipped import root
from sim.results.folder import read_results
from sim.results.tables.swept import swept
from tests.report.conftest import HERE, carried_out

PLAN = """\
kind: plan
title: Funding
bases: [{base}]
seeds: 2
set: {{firms.count: 100, horizon: 2, burn_in.months: 2}}
sweep:
  kind: grid
  values: {{economy.funding_rate: [0.02, 0.05]}}
"""


def test_its_differences_are_those_of_the_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "funding.yaml"
    file.write_text(PLAN.format(base=root() / "scenarios/baseline.yaml"), "utf-8")
    carried_out("run", file, *HERE)
    folder = Path("results", "funding")  # named by the plan, not by its arms
    results = read_results(folder)
    table = swept(results)
    assert table is not None
    runs = results.runs.pivot(index="seed", columns="arm", values="profit")
    first, second = results.arms
    expected = 1e-6 * float((runs[second] - runs[first]).mean())
    (block,) = (one for one in table.blocks if one.heading.startswith("Profit"))
    (row,) = block.rows
    assert row[1].values[0] == pytest.approx(expected)
    assert expected < 0.0  # dearer funding costs profit
    assert "5 %" in row[0].text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Differences from the first arm" in text_of_sweep(folder, 100)


def test_other_folders_have_none(compared: Path) -> None:
    assert swept(read_results(compared)) is None
