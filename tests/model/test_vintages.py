"""Vintages count every default once, in the month of grant and at the age at which it came."""

from __future__ import annotations

import numpy as np

from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario


def _simulated() -> tuple[Simulation, set[tuple[int, int, int, int]]]:
    """Live a market and note each default of its bank by an independent look at the loans."""
    firms = {"count": 800, "volatility": 0.15}
    content = {"horizon": 24, "burn_in": {"months": 12}, "firms": firms}
    simulation = Simulation(Scenario.model_validate(content), [3, 4])
    market, seen = simulation.market, set()
    while simulation.month < 24:
        simulation.advance()
        rows = np.flatnonzero((market.loans.lender == 0) & market.loans.defaulted)
        for row in rows[market.loans.granted[rows] >= 1]:
            run, granted = int(market.firms.run[row]), int(market.loans.granted[row])
            if (int(row), granted) not in {(r, g) for _, r, g, _ in seen}:
                seen.add((run, int(row), granted, simulation.month - granted))
    return simulation, seen


def test_each_default_stands_in_its_vintage_at_its_age() -> None:
    simulation, seen = _simulated()
    table = result_of(simulation.market, simulation.recorder).vintages
    assert len(seen) > 20  # there is something to count
    assert table["defaults"].sum() == len(seen)
    for run, seed in enumerate([3, 4]):
        for granted in (1, 5, 9):
            mine = table[(table["seed"] == seed) & (table["granted"] == granted)]
            ages = sorted(age for r, _, g, age in seen if r == run and g == granted)
            assert np.repeat(mine["age"], mine["defaults"].astype(int)).tolist() == ages
            assert mine["age"].tolist() == list(range(24 - granted + 1))


def test_the_share_defaulted_never_falls_with_age() -> None:
    simulation, _ = _simulated()
    table = result_of(simulation.market, simulation.recorder).vintages
    steps = table.groupby(["seed", "bank", "granted"])["defaulted"].diff().dropna()
    assert (steps >= 0).all()
    last = table.groupby(["seed", "bank", "granted"]).last()
    lent = last[last["loans"] > 0]
    totals = table.groupby(["seed", "bank", "granted"])["defaults"].sum()[lent.index]
    np.testing.assert_allclose(lent["defaulted"], totals / lent["loans"])
