"""Overrides: which refusals are turned round, at what distance from the cut-off, and how many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.overrides import within
from sim.model.simulation import Simulation
from sim.state import post
from sim.state.facts import Decided
from sim.state.market import Market
from tests.model.worlds import advanced, scenario
from tests.steps import replace_posting

CUT = 0.05


def decided(
    monkeypatch: pytest.MonkeyPatch, seeds: int = 1, count: int = 3000, **approval: Any
) -> dict[str, np.ndarray]:
    """Return distance, soft mean and answers of all files decided in some months."""
    seen: dict[str, list[np.ndarray]] = {
        "distance": [], "soft": [], "override": [], "rule": [], "month": [], "run": [],
    }  # fmt: skip
    book = post.decisions

    def decisions(market: Market, fact: Decided) -> None:
        asked, rows = market.requests[0], fact.rows
        stayed = rows[~fact.walked]
        seen["distance"].append(asked.pd[stayed] / CUT - 1.0)
        seen["soft"].append(asked.soft_mean[stayed].copy())
        over = fact.overridden[~fact.walked]
        seen["override"].append(over)
        seen["rule"].append(fact.approved[~fact.walked] & ~over)
        seen["month"].append(np.full(stayed.size, market.month))
        seen["run"].append(market.firms.run[stayed].copy())
        book(market, fact)

    bank = {
        "approval": {"kind": "cut_off", "pd_max": CUT, "override": 0.8} | approval,
        "screening": {"kind": "investigation", "site_visit": {"precision": 1.0},
                      "cross_check": {"detection": 0.0}},
        "capital": {"kind": "standardised", "minimum": 0.0},
        "pricing": {"kind": "flat", "fixed": 0.08},
        "growth_target": -1.0,  # no volume pressure: the chance at the cut-off is .4
        "staffing": {"kind": "none"},
    }  # fmt: skip
    firms = {"count": count, "demand": {"need_monthly": 0.2},
             "take_up": {"walk_away_daily": 0.0}}  # fmt: skip
    with monkeypatch.context() as patch:
        replace_posting(patch, post.decisions, decisions)
        world = scenario(bank, firms=firms, horizon=12, burn_in={"months": 0})
        advanced(Simulation(world, list(range(seeds))), 12)
    return {name: np.concatenate(parts) for name, parts in seen.items()}


def test_the_chance_falls_off_with_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    found = decided(monkeypatch, override_distance=0.25)
    open_to = (found["distance"] > 0.0) & (found["soft"] > 0.0)
    assert open_to.sum() > 300
    chance = 0.4 * np.exp(-found["distance"][open_to] / 0.25)
    done = found["override"][open_to]
    error = np.sqrt((chance * (1.0 - chance)).sum())
    assert done.sum() == pytest.approx(chance.sum(), abs=4.0 * error)
    far = found["distance"][open_to] > 0.5
    assert done[far].mean() < done[~far].mean() / 3.0
    assert not found["override"][~open_to].any()


def test_by_default_it_is_the_same_at_every_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    found = decided(monkeypatch)
    open_to = (found["distance"] > 0.0) & (found["soft"] > 0.0)
    error = np.sqrt(0.4 * 0.6 / open_to.sum())
    assert found["override"][open_to].mean() == pytest.approx(0.4, abs=4.0 * error)


@pytest.mark.parametrize("count", [3000, 300])
def test_a_quota_holds_each_month_and_on_average_whatever_the_size(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = 9000 // count
    found = decided(monkeypatch, seeds, count, override=1.0, override_quota=0.1)
    wanted = used = 0.0
    for run in range(seeds):
        for month in range(1, 13):
            here = (found["month"] == month) & (found["run"] == run)
            quota = 0.1 * found["rule"][here].sum()
            done = found["override"][here]
            assert done.sum() <= np.ceil(quota)
            wanted, used = wanted + quota, used + done.sum()
    assert used == pytest.approx(wanted, rel=0.15)
    passed_over = (found["distance"] > 0.0) & (found["soft"] > 0.0) & ~found["override"]
    near, far = (found["distance"][chosen] for chosen in (found["override"], passed_over))
    assert np.median(near) < np.median(far) / 2.0


def test_no_quota_and_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, override_quota=1.0)["override"].sum() > 100
    assert decided(monkeypatch, override_quota=0.0)["override"].sum() == 0


def test_exploration_reaches_every_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    found = decided(monkeypatch, override=0.0, exploration=0.3, override_distance=0.01)
    refused = found["distance"] > 0.0
    error = np.sqrt(0.3 * 0.7 / refused.sum())
    assert found["override"][refused].mean() == pytest.approx(0.3, abs=4.0 * error)


def test_those_first_in_order_are_kept_up_to_the_room_of_their_run() -> None:
    wanted = np.array([True, True, False, True, True, True])
    order, run = np.array([5, 2, 0, 4, 1, 3]), np.array([0, 0, 0, 1, 1, 0])
    kept = within(wanted, order, run, np.array([2.0, 0.9]))
    np.testing.assert_array_equal(kept, [True, False, False, False, False, True])
