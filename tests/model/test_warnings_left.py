"""Warnings that a less diligent officer leaves for later."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.acting import Acted
from sim.model import care, officers_pay, reading_power
from sim.model.proof_to_come import proof_after_looks
from sim.policies.monitoring.base import Action
from tests.model.care_world import listen
from tests.model.test_care_by_officer import MONTHS, market_with
from tests.model.worlds import advanced


def test_the_less_diligent_leave_warnings_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: dict[bool, list[int]] = {False: [], True: []}
    due = {"expected": 0.0, "acted": 0}

    def hear(month: Any, acted: Acted) -> None:
        market, loans = month.market, month.market.loans
        rows = market.live_at(0)
        rows = rows[(loans.alarm[rows] >= 0) & (market.month - loans.alarm[rows] >= 2)]
        officers = market.officer_rows(rows, 0, loans.seat[rows])
        diligence = market.officers.diligence[officers]
        slow = diligence < 1.0
        due["expected"] += diligence[slow].sum()
        due["acted"] += int(np.isin(acted.rows, rows[slow]).sum())
        months = market.month - loans.alarm[rows]
        for kind in (False, True):
            at_work = np.isin(rows, acted.rows) & (slow == kind)
            waited[kind].extend(months[at_work].tolist())

    listen(monkeypatch, care.act, hear)
    watch = {"monthly": 0.5, "response_lag": 2}
    advanced(market_with(watch, {}, diligence_log_sd=0.6), MONTHS)
    assert set(waited[False]) == {2}
    assert max(waited[True]) > 3
    assert due["acted"] == pytest.approx(due["expected"], abs=4 * due["expected"] ** 0.5)


def test_without_a_spread_of_diligence_all_act_at_once() -> None:
    simulation = advanced(market_with({"monthly": 0.5}, {}), MONTHS)
    market, (bank,) = simulation.market, simulation.after
    live = market.live_at(0)
    labour = simulation.scenario.economy.labour
    officers = market.officer_rows(live, 0, market.loans.seat[live])
    np.testing.assert_array_equal(officers_pay.answers(bank, market, officers, labour), 1.0)
    assert reading_power.over_usual(bank, market, np.arange(3), labour).std() > 0.0


def test_firms_fear_an_answer_that_comes_before_the_term_ends() -> None:
    simulation = advanced(market_with({"monthly": 0.5}, {}), MONTHS)
    market, live = simulation.market, simulation.market.live_at(0)
    action, open_to = Action(lag=0, success=0.3), np.ones(live.size, bool)
    sight, answer = np.full(live.size, 0.5), 0.4
    at_once = proof_after_looks(market, live, action, open_to, sight)
    found = proof_after_looks(market, live, action, open_to, sight, answers=answer)
    months = np.maximum(market.loans.remaining[live], 0)
    in_time = np.array([sum(answer * (1 - answer) ** k for k in range(n)) for n in months])
    np.testing.assert_allclose(found, at_once * in_time, atol=1e-12)
    assert at_once.any()
