"""A study of one measure: it is the whole package, and is shown once."""

from __future__ import annotations

from pathlib import Path

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.results.folder import read_results
from sim.results.tables.cost import cost
from tests.studies.ledgers import STUDY, Game, write_study
from tests.studies.stored import stored

ALONE = STUDY.split("claims:")[0].replace("[visits.yaml, price.yaml, second.yaml]", "[visits.yaml]")
CLAIMS = """\
claims:
  down: {kind: difference, metric: default_rate, base: base, other: package, expect: lower}
"""


def test_the_cost_of_the_one_measure_stands_in_one_row(tmp_path: Path) -> None:
    game = Game()
    findings = conduct(load_study(write_study(tmp_path, ALONE + CLAIMS)), game, quick=True)
    table = cost(read_results(stored(findings, game.plans[-1], tmp_path / "out")))
    assert table is not None
    (block,) = table.blocks
    assert len(block.rows) == 1
