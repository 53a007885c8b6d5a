"""The cheapest defaults avoided are never those of a measure under which the rate rises."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.results.folder import read_results
from sim.results.tables.in_short import in_short
from tests.studies.ledgers import Game, write_study
from tests.studies.stored import stored


def cheapest(folder: Path) -> list[str]:
    table = in_short(read_results(folder))
    assert table is not None
    assert [one.title for one in table.columns[:2]] == ["Question", "Verdict"]
    rows = table.blocks[0].rows
    return [row[2].text for row in rows if row[0].text.startswith("Cheapest defaults avoided")]


def test_a_measure_whose_rate_rises_is_not_the_cheapest(tmp_path: Path) -> None:
    game = Game(noise=0.0002)
    findings = conduct(load_study(write_study(tmp_path)), game, quick=True)
    folder = stored(findings, game.plans[-1], tmp_path / "out")
    (found,) = cheapest(folder)
    assert found.startswith("More visits")
    place = folder / "effects.csv"
    effects = pd.read_csv(place)
    mine = (effects["arm"] == "visits") & (effects["metric"] == "default_rate")
    effects.loc[mine, "difference"] *= -1.0  # it lends less, so that defaults fall all the same
    effects.to_csv(place, index=False)
    (found,) = cheapest(folder)
    assert found.startswith("More price")
