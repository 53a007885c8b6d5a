"""What visits and checks of papers see, and how often a bank makes them."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np
import pytest

from sim.mechanisms import visits
from sim.mechanisms.looking import Looked
from sim.mechanisms.visits import Visits
from sim.model import care
from sim.policies.monitoring.care import Care
from sim.state.market import NEVER
from tests.model.care_world import heard, simulated
from tests.model.worlds import advanced

NORMAL = statistics.NormalDist()


@pytest.mark.parametrize("precision", [0.0, 0.3, 1.5, 4.0])
@pytest.mark.parametrize("false_alarms", [0.05, 0.2])
def test_a_visit_sees_by_its_precision(precision: float, false_alarms: float) -> None:
    expected = NORMAL.cdf(NORMAL.inv_cdf(false_alarms) + 1.5 * precision**0.5)
    found = visits.chances(precision, false_alarms, Visits())
    assert found.alarm == pytest.approx(expected)
    assert found.sight + (1.0 - found.sight) * false_alarms == pytest.approx(expected)


def test_a_blind_visit_alarms_as_often_as_it_errs_and_sees_nothing() -> None:
    found = visits.chances(0.0, 0.05, Visits())
    assert found.alarm == pytest.approx(0.05, abs=1e-12)
    assert found.sight == pytest.approx(0.0, abs=1e-12)


def test_trouble_is_seen_with_one_chance_and_no_trouble_with_another() -> None:
    market = advanced(simulated(), 12).market
    rows = np.arange(market.slots)
    diverting, chances = market.firms.diverting, visits.Chances(0.6, 0.05, 0.4)
    trouble = diverting | (market.firms.cash < 1.5 * market.firms.costs)
    kinds = {
        "trouble": (trouble, "alarmed", 0.6), "none": (~trouble, "alarmed", 0.05),
        "seen": (trouble, "trouble", 0.4), "misuse": (diverting, "misuse", 0.4),
    }  # fmt: skip
    counts = {name: [0, 0] for name in kinds}
    for month in range(1, 61):
        market.month = month
        found = visits.seen(market, rows, 0, chances, Visits())
        assert found.alarmed[found.trouble].all()
        assert trouble[found.trouble].all()
        np.testing.assert_array_equal(found.misuse, found.trouble & diverting)
        for name, (of_kind, what, _) in kinds.items():
            hits = int(getattr(found, what)[of_kind].sum())
            counts[name] = [counts[name][0] + hits, counts[name][1] + int(of_kind.sum())]
    for name, (_, _, chance) in kinds.items():
        hits, all_ = counts[name]
        assert all_ > 1_000
        assert hits / all_ == pytest.approx(chance, abs=4 * (chance * (1 - chance) / all_) ** 0.5)


def test_under_a_close_watch_every_warned_borrower_is_visited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = {"standing": 0}

    def hear(month: Any, looked: Looked) -> None:
        market = month.market
        live = market.live_at(0)
        standing = live[market.loans.alarm[live] != NEVER]
        seen["standing"] += standing.size
        assert np.isin(standing, looked.visited).all()

    heard(monkeypatch, care.look, hear, monthly=0.05, close_watch=True, response_lag=4)
    assert seen["standing"] > 50


def test_the_policy_visits_more_often_where_it_is_told_to() -> None:
    class Files:
        dpd = np.array([0, 30, 0, 30])
        alarm = np.array([NEVER, NEVER, 3, 3])

        def __len__(self) -> int:
            return 4

    files: Any = Files()
    policy = Care(monthly=0.1, in_arrears=2.0, warned=3.0)
    np.testing.assert_allclose(policy.inspection_chance(files), [0.1, 0.2, 0.3, 0.6])
    policy = Care(monthly=0.1, in_arrears=2.0, close_watch=True)
    np.testing.assert_allclose(policy.inspection_chance(files), [0.1, 0.2, 1.0, 1.0])
    assert Care(monthly=0.9, warned=20.0).inspection_chance(files).max() == 1.0


def test_papers_prove_four_in_five_in_the_third_month(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"diverting": 0.0, "misused": 0.0, "checked": 0.0, "chance": 0.0}

    def hear(month: Any, looked: Looked) -> None:
        market = month.market
        assert (market.loans.granted[looked.checked] == month.number - 3).all()
        assert market.firms.diverting[looked.misused].all()
        assert np.isin(looked.misused, looked.checked).all()
        counts["diverting"] += market.firms.diverting[looked.checked].sum()
        counts["misused"] += looked.misused.size
        counts["checked"] += looked.checked.size
        counts["chance"] += looked.proof_chances.sum()

    only = {"proceeds_check": 1.0, "monthly": 0.0, "accounts": 0.0}
    heard(monkeypatch, care.look, hear, **only)
    assert counts["diverting"] > 50
    share = counts["misused"] / counts["diverting"]
    assert share == pytest.approx(0.8, abs=4 * (0.16 / counts["diverting"]) ** 0.5)
    assert counts["chance"] == pytest.approx(0.8 * counts["checked"], rel=1e-12)
