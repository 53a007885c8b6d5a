"""The assumptions in plain words are those of the files: before, after, and what is left open."""

from __future__ import annotations

from pathlib import Path

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.results.folder import read_results
from sim.results.plain_assumptions import plain_assumptions
from tests.studies.ledgers import STUDY, Game, write_study
from tests.studies.stored import stored

OPEN = """\
regimes:
  points: 8
  seeds: 2
  quantities:
    firms.demand.liars: {low: 0.0, high: 0.5}
    strength: {low: 0.5, high: 1.5}
"""


def test_each_measure_and_each_open_quantity_has_a_sentence(tmp_path: Path) -> None:
    game = Game()
    study = load_study(write_study(tmp_path, STUDY + OPEN))
    folder = stored(conduct(study, game, quick=True), game.plans[-1], tmp_path / "out")
    said = plain_assumptions(read_results(folder))
    assert len(said) == len(study.measures) + 1  # strength is no value of the base
    visits = next(text for text in said if "More visits" in text)
    assert "30 % a month instead of 8 % a month" in visits.replace("\N{NO-BREAK SPACE}", " ")
    assert "inflate statements" in said[-1]
    assert "varies it from 0 % to 50 %, this run does not" in said[-1]


def test_other_folders_have_none(compared: Path) -> None:
    assert plain_assumptions(read_results(compared)) == []
