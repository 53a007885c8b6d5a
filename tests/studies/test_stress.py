"""Stress scenarios and their calm twins start alike, and their differences are paired by seed."""

from __future__ import annotations

import pandas as pd
import pytest

from experiments import stress
from experiments.stress import OUTCOMES, STRESSES, Stress, rows_of
from sim.scenario.loading import load_scenario


@pytest.mark.parametrize("world", STRESSES, ids=lambda world: world.name)
def test_a_stress_and_its_twin_start_from_the_same_books(world: Stress) -> None:
    calm, stressed = load_scenario(world.calm), load_scenario(world.stressed)
    assert calm.firms == stressed.firms
    assert calm.burn_in.numbers == stressed.burn_in.numbers
    assert calm.economy_in(0) == stressed.economy_in(0)
    assert dict(calm.banks_in(0)) == dict(stressed.banks_in(0))
    assert calm.hash != stressed.hash
    assert calm.horizon == stressed.horizon


def test_differences_are_those_of_seeds_that_both_have(monkeypatch: pytest.MonkeyPatch) -> None:
    calm = pd.DataFrame({name: [0.01, 0.02, 0.03] for name in OUTCOMES}, index=[1, 2, 3])
    stressed = calm.add(pd.Series([0.01, 0.03, 0.05], index=calm.index), axis=0)
    stressed.loc[3, "npl_peak"] = float("nan")
    monkeypatch.setattr(stress, "outcomes", lambda name, seeds: {"a": calm, "b": stressed}[name])
    rows = rows_of(Stress("storm", "b", "a"), 3)
    assert [row[1] for row in rows] == list(OUTCOMES.values())
    found = dict(zip(OUTCOMES, (row[2:] for row in rows), strict=True))
    assert found["npl_year"][:3] == ("3", "2.00", "5.00")
    assert found["npl_year"][3].startswith("+3.00 ± ")
    assert found["npl_year"][4] == "2.50"
    assert found["npl_peak"][:3] == ("2", "1.50", "3.50")
