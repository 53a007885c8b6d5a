"""A study's file: every fault is refused at its line, before anything is run."""

from pathlib import Path

import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.arms import arm_named
from sim.analysis.study.conduct import conduct
from sim.core.errors import RequestError
from tests.studies.ledgers import STUDY, Game, write_study


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hypothesis: It does.\n", "", "hypothesis: missing"),
        ("other: visits", "other: visit", "10:7: claims.up: no arm called 'visit'; did you"),
        ("visits.yaml,", "visit.yaml,", "measures.0: no such file 'visit.yaml'; did you"),
        ("[default_rate,", "[defult_rate,", "6:11: metrics.0: no metric called 'defult_rate'; did"),
        ("first: {kind: ranking", "first: {kind: rankin", "13:17: claims.first.kind: must be"),
        ("order: [post_loan,", "order: [postloan,", "13:10: claims.first: no part"),
        ("default_rate, base: base, other: visits", "x, base: base, other: visits", "no metric"),
        ("claims:", "arms: {visits: {}}\nclaims:", "arms.visits: this name is taken"),
        ("claims:", "arms: {calm: {measures: [vsits]}}\nclaims:", "no measure"),
        ("base: base.yaml", "base: bas.yaml", "base: no such file 'bas.yaml'; did you mean"),
        ("base: base.yaml", "base: ..", "base: '..' is a directory; name a YAML file"),
        ("claims:", "parts: {a: [visits, price]}\nclaims:", "look at 'second'"),
        ("claims:", "parts: {a: [visits, price], b: [price, second]}\nclaims:", "at 'price'"),
    ],
)  # fmt: skip
def test_a_wrong_study_is_refused_at_its_place_before_any_run(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    game = Game()
    assert old in STUDY
    path = write_study(tmp_path, STUDY.replace(old, new, 1))
    with pytest.raises(RequestError) as error:
        conduct(load_study(path), game, quick=True)
    assert said in str(error.value)
    assert not game.plans


def test_a_setting_of_an_arm_that_no_scenario_knows_is_refused_before_any_run(
    tmp_path: Path,
) -> None:
    game = Game()
    text = STUDY.replace("claims:", "arms: {calm: {set: {economy.macro.shft: 0}}}\nclaims:")
    with pytest.raises(RequestError, match="did you mean 'shift'"):
        conduct(load_study(write_study(tmp_path, text)), game, quick=True)
    assert not game.plans


@pytest.mark.parametrize(
    ("asked", "name", "measures"),
    [
        ("base", "base", ()),
        ("package", "package", ("visits", "price", "second")),
        ("price + visits", "package - second", ("visits", "price")),
        ("package - second", "package - second", ("visits", "price")),
        ("package - second - price", "visits", ("visits",)),
        ("second", "second", ("second",)),
    ],
)
def test_an_arm_has_one_name_however_it_is_asked_for(
    tmp_path: Path, asked: str, name: str, measures: tuple[str, ...]
) -> None:
    arm = arm_named(load_study(write_study(tmp_path)), asked)
    assert (arm.name, arm.measures) == (name, measures)
