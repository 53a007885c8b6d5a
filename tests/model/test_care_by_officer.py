"""Care for loans follows the officer: what visits and papers show, and what there is time for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.looking import Looked
from sim.model import care
from sim.model.simulation import Simulation
from sim.world import conduct
from tests.model.care_world import FIRMS, listen
from tests.model.worlds import advanced, scenario

MONTHS = 18
SURE = {"culture": 1.0, "execution_base": 1.0, "audit": 0.0}
TEAM = {"kind": "officers", "clients_per_officer": 5.0, "turnover_monthly": 0.0} | SURE
BLIND = {"monthly": 0.0, "proceeds_check": 0.0, "accounts": 0.0}


def market_with(monitoring: dict[str, Any], team: dict[str, Any], **labour: Any) -> Simulation:
    """Return a market whose bank practises some care, and whose officers differ."""
    bank = {
        "monitoring": {"kind": "care"} | BLIND | monitoring, "staffing": TEAM | team,
        "approval": {"kind": "all"},
    }  # fmt: skip
    given = {"skilled_reading": True, "skill_log_sd": 0.8} | labour
    world = scenario(
        bank, firms=FIRMS, horizon=MONTHS, burn_in={"months": 0}, economy={"labour": given}
    )
    return Simulation(world, [1, 2])


def over_usual(month: Any, rows: np.ndarray, usual: float = 0.41) -> np.ndarray:
    """Return the power of the officer of each loan over the usual one."""
    market = month.market
    officers = market.officer_rows(rows, 0, market.loans.seat[rows])
    power: np.ndarray = conduct.soft_power(market, officers, 24.0, 6.0) / usual
    return power


def test_papers_prove_by_the_power_of_who_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    sums = {"proven": 0.0, "expected": 0.0, "usual": 0.0}

    def hear(month: Any, looked: Looked) -> None:
        chance = 1.0 - 0.2 ** over_usual(month, looked.checked, 0.9)
        np.testing.assert_allclose(looked.proof_chances.sum(), chance.sum(), atol=1e-9)
        diverted = month.market.firms.diverting[looked.checked]
        sums["proven"] += looked.misused.size
        sums["expected"] += chance[diverted].sum()
        sums["usual"] += 0.8 * diverted.sum()

    listen(monkeypatch, care.look, hear)
    advanced(market_with({"proceeds_check": 1.0}, {}, usual_power=0.9), MONTHS)
    assert sums["expected"] > 50
    assert sums["proven"] == pytest.approx(sums["expected"], abs=4 * sums["expected"] ** 0.5)
    assert sums["expected"] < 0.9 * sums["usual"]


def test_better_officers_see_more_on_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[bool, list[int]] = {False: [0, 0], True: [0, 0]}

    def hear(month: Any, looked: Looked) -> None:
        rows = looked.visited[month.market.firms.diverting[looked.visited]]
        better = over_usual(month, rows) > 1.0
        saw = np.isin(rows, looked.saw)
        for kind, counted in seen.items():
            counted[0] += int(saw[better == kind].sum())
            counted[1] += int((better == kind).sum())

    listen(monkeypatch, care.look, hear)
    advanced(market_with({"monthly": 0.5, "precision": 0.5}, {}), MONTHS)
    worse, better = (hits / all_ for hits, all_ in seen.values())
    assert min(counted[1] for counted in seen.values()) > 100
    assert better > 1.3 * worse > 0.0


def test_blind_visits_stay_blind_whoever_makes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    visited = []

    def hear(month: Any, looked: Looked) -> None:
        visited.append(looked.visited.size)
        assert not looked.saw.size
        assert not looked.proof_chances.any()

    listen(monkeypatch, care.look, hear)
    advanced(market_with({"monthly": 0.5, "precision": 0.0}, {}), MONTHS)
    assert sum(visited) > 100


def test_a_caseload_beyond_the_hours_leaves_checks_out() -> None:
    care_left = {}
    for hours in (10.0, 700.0):
        team = {"hours_per_month": hours}
        choice = {"choice": {"chooses": True}}
        market = advanced(market_with({"monthly": 0.5}, team, **choice), 3).market
        officers = market.officers_at(0)
        workload = market.officers.workload[officers]
        care_left[hours] = market.officers.care[officers]
        usual = care_left[hours] / np.sqrt(np.minimum(1.0, 1.0 / np.maximum(workload, 1e-9)))
        np.testing.assert_allclose(usual, usual[0])  # the same choice of hours
        assert (workload > 1.0).any() == (hours < 100.0)
    assert care_left[10.0].mean() < 0.8 * care_left[700.0].mean()
