"""A study of one measure: it is the whole package, and is shown once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.apps.commands.study import home_of
from sim.results.folder import read_results
from sim.results.tables.cost import cost
from sim.results.tables.ladder import ladder
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


def test_one_measure_climbs_no_ladder(tmp_path: Path) -> None:
    game = Game()
    findings = conduct(load_study(write_study(tmp_path, ALONE + CLAIMS)), game, quick=True)
    assert findings.ladders is None
    assert ladder(read_results(stored(findings, game.plans[-1], tmp_path / "out"))) is None


@pytest.mark.thorough
def test_two_orders_that_are_one_are_shown_once(tmp_path: Path) -> None:
    game = Game()
    findings = conduct(load_study(write_study(tmp_path)), game, quick=True)
    folder = stored(findings, game.plans[-1], tmp_path / "out")
    shown = ladder(read_results(folder))
    assert shown is not None
    same = findings.best_order == tuple(findings.study.parts)
    orders = 1 if same else 2
    assert len(shown.blocks) == orders * len(findings.metrics)
    assert same == all("also the best" in block.heading for block in shown.blocks)
    table = findings.ladders
    assert table is not None
    other = table[table["order"] == "thesis"].assign(order="best")
    thesis = table[table["order"] == "thesis"]
    pd.concat([thesis, other]).to_csv(folder / "ladders.csv", index=False)
    once = ladder(read_results(folder))
    assert once is not None
    assert len(once.blocks) == len(findings.metrics)


def test_studies_of_two_folders_have_two_names(tmp_path: Path) -> None:
    names = []
    for bank in ("mine", "yours"):
        (tmp_path / bank).mkdir()
        file = write_study(tmp_path / bank)
        names.append((load_study(file).name, home_of(file)))
    assert names == [("mine", "mine"), ("yours", "yours")]
    file = tmp_path / "mine" / "study.yaml"
    assert home_of(file.rename(tmp_path / "mine" / "thesis.yaml")) == "thesis"
