"""The studies of the five theses: every file is right, and all arms of a bank start alike."""

from pathlib import Path

import pytest

from sim.analysis.claimed_arms import arms_named_by
from sim.analysis.coalitions import MOST_EXACT
from sim.analysis.experiments.kinds.study import Study, load_study
from sim.analysis.study.arms import arm_named, arms_of, scenario_of
from sim.analysis.study.claiming import claims_of
from sim.analysis.study.equal_money import money_plan
from sim.analysis.study.open_space import mapped_claims, regime_plan
from sim.core.names import BASE, PACKAGE
from sim.scenario.varying import varied

ROOT = Path(__file__).parents[2]
BANKS = ("qn", "zhengzhou", "xm", "l_branch", "foreign")


def study_of(bank: str) -> Study:
    return load_study(ROOT / "experiments" / f"{bank}.yaml")


@pytest.mark.parametrize("bank", BANKS)
def test_every_measure_of_the_bank_is_in_its_study(bank: str) -> None:
    files = {path.stem for path in (ROOT / "scenarios" / bank / "measures").glob("*.yaml")}
    study = study_of(bank)
    assert set(study.measures) == files
    assert len(study.parts) <= MOST_EXACT  # so that shares are exact
    assert len({measure.content.thesis for measure in study.measures.values()}) == 1


@pytest.mark.parametrize("bank", BANKS)
@pytest.mark.thorough
def test_all_arms_are_worlds_that_start_from_the_same_books(bank: str) -> None:
    study = study_of(bank)
    claims = claims_of(study)
    claimed = [name for claim in claims.values() for name in arms_named_by(claim)]
    arms = arms_of(study, claimed)
    base = scenario_of(study, arms[BASE])
    chosen = [BASE, PACKAGE, *study.measures, *study.content.arms]
    worlds = {name: scenario_of(study, arm_named(study, name)) for name in chosen}
    assert all(world.burn_in == base.burn_in for world in worlds.values())
    assert base.burn_in.banks == base.banks  # its own bank, not the one it extends
    hashes = [worlds[name].hash for name in (BASE, *study.measures)]
    assert len(set(hashes)) == len(hashes)  # each measure changes something


@pytest.mark.thorough
@pytest.mark.parametrize("bank", BANKS)
def test_other_strengths_prices_and_worlds_can_be_built(bank: str) -> None:
    study = study_of(bank)
    money, regimes = study.content.equal_money, study.content.regimes
    assert money is not None
    assert regimes is not None
    plan = money_plan(study, varied(money, {"draws": 2}))
    assert len(plan.arms) == 1 + 2 * len(study.parts) * 3
    claims = claims_of(study)
    assert mapped_claims(claims)
    plan = regime_plan(study, varied(regimes, {"points": 4}), claims)
    assert len({world.hash for world in plan.arms.values()}) > 4
