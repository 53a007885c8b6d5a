"""Officers differ in diligence, and what they do shows it; supervision and allocation answer it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.credit import normal
from sim.mechanisms.by_diligence import FAILED, LENT
from sim.model import allocation
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.outcomes import METRICS
from sim.outcomes.history import History
from sim.scenario.schema import Scenario
from sim.state.market import Outcomes
from tests.model.worlds import advanced, digest, scenario

TEAM = {"kind": "officers", "clients_per_officer": 5.0, "turnover_monthly": 0.0}
SEEDS = [1, 2]
NONE = Outcomes(np.zeros(0, int), np.zeros(0), *(np.zeros(0, bool) for _ in range(4)))


def world(labour: dict[str, Any], bank: dict[str, Any] | None = None, **content: Any) -> Scenario:
    """Return a market whose officers are as `labour` says."""
    content.setdefault("horizon", 6)
    return scenario({"staffing": TEAM} | (bank or {}), economy={"labour": labour}, **content)


def test_the_lognormal_law_takes_the_place_of_slack() -> None:
    usual, spread = (
        Simulation(world(labour), SEEDS).market.officers
        for labour in ({"slack": 0.4}, {"slack": 0.4, "diligence_log_sd": 0.25})
    )
    np.testing.assert_array_equal(usual.slackness, spread.slackness)
    np.testing.assert_array_equal(usual.diligence, 1.0 - 0.4 * usual.slackness)
    np.testing.assert_allclose(
        np.log(spread.diligence), 0.25 * normal.quantile(1.0 - spread.slackness), atol=1e-12
    )


def test_without_a_spread_all_work_alike() -> None:
    market = advanced(Simulation(world({"diligence_log_sd": 1e-12}), SEEDS), 1).market
    np.testing.assert_allclose(market.officers.diligence, 1.0)


def test_diligence_enters_effort_steps_and_visits() -> None:
    months = {
        sd: simulate(
            world({"diligence_log_sd": sd}, {"staffing": TEAM | {"culture": 1.0}}), seeds=SEEDS
        ).months
        for sd in (1e-12, 2.0)
    }
    for name in ("inspections", "file_cost", "effort"):
        assert months[1e-12][name].sum() != months[2.0][name].sum()
    # many carry out less than prescribed, and nobody can carry out more than all
    assert months[2.0]["inspections"].sum() < months[1e-12]["inspections"].sum()


def test_loans_are_counted_by_the_officer_who_decided() -> None:
    simulation = advanced(Simulation(world({}, horizon=20), SEEDS), 20)
    market, pages = simulation.market, simulation.recorder
    lent = np.array([pages.column(name).sum() for name in LENT])
    failed = np.array([pages.column(name).sum() for name in FAILED])
    own = market.books_at(0)
    assert lent.sum() == pages.column("taken")[:, own].sum()
    early = simulation.recorder.first_defaults[:, :19][:, :, own].sum()
    assert 0 < failed.sum() == early
    assert (lent > 0).all()
    live = market.live_at(0)
    rows = live[market.loans.granted[live] == 20]
    officers = market.officer_rows(rows, 0, market.loans.seat[rows])
    fifth = np.floor(5 * (1.0 - market.officers.slackness[officers])).astype(int)
    counted = [pages.column(name)[-1].sum() for name in LENT]
    np.testing.assert_array_equal(np.bincount(fifth, minlength=5), counted)


def spread(lent: tuple[float, float], failed: tuple[float, float]) -> float:
    """Return the metric for one book and one month, of the first and the last fifth."""
    values = dict(zip((LENT[0], LENT[-1], FAILED[0], FAILED[-1]), (*lent, *failed), strict=True))
    page = np.array(list(values.values()))[None, :, None]
    history = History(tuple(values), page, np.zeros((1, 61, 1)), NONE)
    return float(METRICS["officer_spread"].compute(history)[0])


def test_the_spread_is_the_ratio_of_two_shares() -> None:
    assert spread((100.0, 50.0), (8.0, 2.0)) == pytest.approx(2.0)
    for lent, failed in (((100.0, 50.0), (8.0, 0.0)), ((0.0, 50.0), (0.0, 1.0))):
        assert np.isnan(spread(lent, failed))


def supervised(share: float, month: int = 6, **more: Any) -> Simulation:
    """Return a market in which a bank supervises a share of its officers."""
    rule = {"share": share, "prior_months": 1.0} | more
    bank = {"staffing": TEAM | {"supervision": rule}}
    return advanced(Simulation(world({"slack": 0.9}, bank, horizon=12), SEEDS), month)


def test_supervision_is_for_those_whose_loans_default_most() -> None:
    market = supervised(0.25).market
    officers = market.officers
    for run in range(len(SEEDS)):
        mine = officers.active & (officers.run == run)
        chosen = mine & officers.supervised
        usual = officers.record_defaults[mine].sum() / officers.record_months[mine].sum()
        rate = (officers.record_defaults + usual) / (officers.record_months + 1.0)
        worse = mine & (rate > usual)
        assert chosen.sum() == min(worse.sum(), round(0.25 * mine.sum())) > 0
        assert rate[chosen].min() >= np.sort(rate[mine])[-chosen.sum()]
    assert not supervised(0.0).market.officers.supervised.any()


def test_who_is_supervised_works_as_usual_and_costs() -> None:
    before = supervised(1.0, 5)
    officers = before.market.officers
    chosen, slow = officers.supervised.copy(), officers.diligence < 0.7
    assert (chosen & slow).any()
    assert (~chosen & slow).any()
    after = advanced(before, 6)
    raised = after.market.officers.effort > officers.diligence
    assert raised[chosen & slow].all()
    assert not raised[~chosen & slow].any()
    free = advanced(supervised(1.0, 5, cost=0.0), 6)
    cost = after.recorder.column("fixed_cost")[-1] - free.recorder.column("fixed_cost")[-1]
    by_run = np.bincount(officers.run[chosen], minlength=len(SEEDS))
    np.testing.assert_allclose(cost.reshape(len(SEEDS), -1)[:, 0], 1_500.0 * by_run)


def test_a_supervisor_undoes_inflated_reports() -> None:
    choice = {"chooses": True, "scruple": 0.0}

    def inflated(struck: float) -> float:
        rule = {"share": 1.0, "prior_months": 1.0}
        labour = {"choice": choice | {"struck_by_review": struck}}
        bank = {"staffing": TEAM | {"supervision": rule}}
        return float(simulate(world(labour, bank, horizon=12), seeds=SEEDS).months.inflated.sum())

    assert inflated(1.0) < inflated(0.0)


def shares(kind: bool) -> tuple[Floats, Floats]:
    """Return the experience of the officers of new clients and of others."""
    bank = {"staffing": TEAM | {"allocation_by_skill": kind, "clients_per_officer": 50.0}}
    simulation = advanced(Simulation(world({}, bank, firms={"count": 2000}), SEEDS), 6)
    market, at = simulation.market, simulation.after.banks[0]
    rows = np.arange(2000)
    known = market.tables.relations.known_since
    known[:2000] = np.where(rows % 3 == 0, market.month, 0)
    seat = allocation.seats_for(market, rows, at)
    experience = market.officers.experience[market.officer_rows(rows, 0, seat)]
    loads = np.bincount(seat, minlength=at.seats)
    assert loads.min() > 0.6 * loads.mean()  # nobody is idle
    return experience[rows % 3 == 0], experience[rows % 3 != 0]


def test_new_clients_go_to_the_experienced() -> None:
    new, known = shares(True)
    assert new.min() >= known.max()
    new, known = shares(False)
    assert abs(new.mean() - known.mean()) < 0.1 * known.mean()


def test_off_nothing_of_it_counts() -> None:
    usual, other = (
        simulate(world({}, {"staffing": TEAM | {"supervision": rule}}), seeds=SEEDS).months
        for rule in ({}, {"cost": 9e5, "hours": 100.0, "last_band": 0.1, "prior_months": 9.0})
    )
    assert digest(usual) == digest(other)
