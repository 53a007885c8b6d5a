"""Where officers make the accounts themselves, who reads decides how much a bank learns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.facts import Investigated
from tests.model.first_files import SEEDS, TEAM, read_in_month_one
from tests.model.worlds import advanced, digest, scenario

DIMENSION = {"statements": 1, "bureau": 4, "site_visit": 0, "owner_visit": 2}


def world(skilled: bool, bank: dict[str, Any] | None = None, **labour: Any) -> Scenario:
    """Return a market whose officers read as said from the first month on."""
    labour = {"skilled_reading": skilled} | labour
    return scenario(
        {"staffing": TEAM, "screening": {"kind": "investigation", "memory": 0.0}} | (bank or {}),
        economy={"labour": labour}, horizon=4, burn_in={"months": 6},
    )  # fmt: skip


def learned(skilled: bool) -> tuple[Investigated, np.ndarray]:
    """Return what was found in month 1, and the power of who read each file."""
    return read_in_month_one(world(skilled))


def test_precision_of_all_but_the_bureau_follows_the_officer() -> None:
    for skilled in (False, True):
        found, power = learned(skilled)
        gained = 1.0 / found.variance - 1.0
        hard = gained[DIMENSION["statements"]] / power
        assert (np.ptp(hard) < 1e-6) == skilled
        assert np.ptp(gained[DIMENSION["bureau"]]) < 1e-6
        assert np.ptp(gained[DIMENSION["site_visit"]] / power) < 1e-6


def test_off_is_the_default_and_the_same_bits() -> None:
    usual = simulate(scenario({"staffing": TEAM}, horizon=4), seeds=SEEDS).months
    off = scenario({"staffing": TEAM}, horizon=4, economy={"labour": {"skilled_reading": False}})
    assert digest(usual) == digest(simulate(off, seeds=SEEDS).months)


@pytest.mark.parametrize(
    "worse", [{"turnover_monthly": 0.5}, {"hours_per_month": 10.0}, {"learning_time": 200.0}]
)
def test_turnover_caseload_and_training_act_on_what_is_known(worse: dict[str, float]) -> None:
    def doubt(skilled: bool, team: dict[str, float]) -> float:
        settings = world(skilled, {"staffing": TEAM | team})
        market = advanced(Simulation(settings, SEEDS), 4).market
        new = market.applications.made > 0
        return float(market.applications.variance[new].mean())

    lost = {skilled: doubt(skilled, worse) - doubt(skilled, {}) for skilled in (False, True)}
    assert lost[True] > 1.3 * lost[False] > 0.0
