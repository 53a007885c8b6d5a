"""What becomes of warnings: when they are raised, what is done, and who is proven."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms import visits
from sim.mechanisms.acting import Acted
from sim.mechanisms.catching import Proven
from sim.mechanisms.looking import Looked
from sim.model import care, learning
from sim.model.proof_to_come import proof_after_looks
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.policies.monitoring.base import Action
from sim.state.market import NEVER
from tests.model.care_world import FIRMS, MONTHS, heard, listen, simulated
from tests.model.worlds import advanced, scenario


@pytest.mark.parametrize("quiet", [0, 6])
def test_one_warning_stands_and_none_that_saw_no_more_follows_an_action_soon(
    quiet: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    soonest: dict[str, list[int]] = {"by chance": [], "founded": [], "after chance": []}
    over_chance = [0]

    def hear(month: Any, looked: Looked) -> None:
        loans = month.market.loans
        founded = np.setdiff1d(looked.founded, looked.misused)
        by_chance = np.setdiff1d(looked.warned, np.union1d(looked.founded, looked.misused))
        assert (loans.alarm[by_chance] == NEVER).all()
        assert not loans.founded[founded].any()
        assert not loans.defaulted[looked.warned[~np.isin(looked.warned, looked.misused)]].any()
        over_chance[0] += int((loans.alarm[founded] != NEVER).sum())
        for name, rows, last in (
            ("by chance", by_chance, loans.answered),
            ("founded", founded, loans.trouble_answered),
            ("after chance", founded, loans.answered),
        ):
            acted = rows[last[rows] != NEVER]
            soonest[name].extend((month.number - last[acted]).tolist())

    heard(monkeypatch, care.look, hear, quiet_months=quiet, response_lag=1)
    assert over_chance[0] > 5
    assert all(len(found) > 20 for found in soonest.values())
    assert min(soonest["by chance"]) == min(soonest["founded"]) == max(quiet, 1)
    assert min(soonest["after chance"]) == 1  # it keeps out no look that sees


def test_actions_come_after_the_lag_and_close_the_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    acted_on = []

    def hear(month: Any, acted: Acted) -> None:
        acted_on.extend((month.number - month.market.loans.alarm[acted.rows]).tolist())

    market = heard(monkeypatch, care.act, hear, response_lag=2).market
    assert len(acted_on) > 50
    assert set(acted_on) == {2}
    open_ones = market.loans.alarm[market.live_at(0)]
    assert (market.month - open_ones[open_ones != NEVER] < 2).all()


def test_what_is_seen_under_a_chance_warning_is_acted_on_no_sooner_than_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[int, int] = {}  # slot: month in which a look saw trouble under a chance warning
    waited = []

    def look(month: Any, looked: Looked) -> None:
        under = looked.founded[month.market.loans.alarm[looked.founded] != NEVER]
        seen.update(dict.fromkeys(under.tolist(), month.number))

    def act(month: Any, acted: Acted) -> None:
        founded = month.market.loans.founded[acted.rows]
        for row, real in zip(acted.rows.tolist(), founded.tolist(), strict=True):
            since = seen.pop(row, None)
            if since is not None and month.market.loans.granted[row] < since:
                assert real
                waited.append(month.number - since)

    listen(monkeypatch, care.look, look)
    heard(monkeypatch, care.act, act, response_lag=3, false_alarms=0.3)
    assert len(waited) > 20
    assert set(waited) == {3}


def test_a_warning_that_saw_nothing_helps_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    acted_on = []

    def hear(month: Any, acted: Acted) -> None:
        assert not month.market.loans.founded[acted.rows].any()
        assert not acted.proven.any()
        assert not (acted.rescheduled | acted.eased).any()
        acted_on.append(acted.rows.size)

    heard(monkeypatch, care.act, hear, precision=0.0, accounts=0.0, proceeds_check=0.0)
    assert sum(acted_on) > 50


def test_the_first_warning_is_forgotten_after_a_year() -> None:
    leads = []
    simulation = simulated(36, response_lag=1)
    for month in range(1, 37):
        market = advanced(simulation, month).market
        first = market.loans.first_alarm[market.live_at(0)]
        leads.extend((month - first[first != NEVER]).tolist())
    assert max(leads) == 11  # it counts for a default a month later


def test_each_look_that_saw_the_misuse_is_a_trial_and_without_one_nothing_is_proven() -> None:
    simulation = advanced(simulated(response_lag=6), MONTHS)
    market = simulation.market
    live = market.live_at(0)
    evidence = market.loans.evidence[live].astype(float)
    assert evidence.max() >= 2
    assert not evidence[~market.loans.founded[live]].any()
    assert not market.loans.founded[live[market.loans.alarm[live] == NEVER]].any()
    found = visits.chance_of_proof(market, live, 0.3)
    np.testing.assert_allclose(found, 1.0 - 0.7**evidence)
    seen = live[evidence > 0]
    assert market.firms.diverting[seen].all()
    unseen = live[(evidence == 0) & market.firms.diverting[live]]
    assert unseen.size > 5
    assert not visits.proven_by_action(market, unseen, 0, 1.0).any()
    assert visits.proven_by_action(market, seen, 0, 1.0).all()


def test_seeing_leads_to_proof_where_a_warning_stands_or_can_be_raised_in_time() -> None:
    market = advanced(simulated(response_lag=6), MONTHS).market
    live = market.live_at(0)
    standing = market.loans.founded[live]
    assert (market.loans.alarm[live[~standing]] != NEVER).any()  # by chance: as if it were not
    free = ~standing & (np.arange(live.size) % 2 == 0)
    sights = np.linspace(0.0, 1.0, live.size), np.full(live.size, 0.4)
    action = Action(lag=6, success=0.3)
    found = proof_after_looks(market, live, action, free | standing, *sights)
    wait = np.where(standing, 6 - (market.month - market.loans.alarm[live]), 6)
    in_time = market.loans.remaining[live] > wait
    assert (in_time & standing).any()
    before = 1.0 - 0.7 ** market.loans.evidence[live].astype(float)
    none, one, two = before, 1.0 - (1.0 - before) * 0.7, 1.0 - (1.0 - before) * 0.7**2
    a, b = sights
    after = (1 - a) * (1 - b) * none + (a * (1 - b) + b * (1 - a)) * one + a * b * two
    expected = in_time * (free | standing) * (after - before)
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert 0 < in_time.sum() < live.size


def test_what_is_proven_and_eased_stands_in_the_months() -> None:
    bank = {"monitoring": {"kind": "care", "monthly": 0.5, "precision": 1.5, "success": 0.5}}
    world = scenario(bank, firms=FIRMS, horizon=MONTHS)
    months = simulate(world, seeds=[1]).months
    assert months["caught"].sum() > 0
    assert (months["caught"] == months["diversions_stopped"]).all()
    assert months["eased"].sum() > 0
    nobody = scenario({"monitoring": {"kind": "none"}}, firms=FIRMS, horizon=MONTHS)
    blind = simulate(nobody, seeds=[1]).months
    assert not blind[["caught", "eased"]].to_numpy().any()


def test_where_nobody_looks_nothing_is_known() -> None:
    simulation = Simulation(scenario({"monitoring": {"kind": "none"}}, firms=FIRMS), [1])
    loans = advanced(simulation, 10).market.loans
    live = simulation.market.live_at(0)
    assert (loans.answered[live] == NEVER).all()
    assert not loans.evidence[live].any()
    assert not loans.eased[live].any()


def test_easing_lengthens_the_term_of_a_loan_that_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: dict[str, Any] = {}
    sizes = []

    def before(month: Any, acted: Acted) -> None:
        market, rows = month.market, acted.rows[acted.eased]
        loans = market.loans
        assert (loans.dpd[rows] == 0).all()
        assert (market.firms.cash[rows] < 1.5 * market.firms.costs[rows]).all()
        assert loans.founded[acted.rows[acted.eased | acted.rescheduled]].all()
        for flag in (loans.eased, loans.rescheduled, loans.defaulted):
            assert not flag[rows].any()
        assert not (acted.proven & acted.eased).any()
        assert not acted.called[acted.eased].any()
        sizes.append(rows.size)
        noted["rows"] = rows
        for name in ("remaining", "balance", "grade", "rate"):
            noted[name] = getattr(loans, name)[rows].copy()

    def after(month: Any, proven: Proven) -> None:
        loans, rows = month.market.loans, noted["rows"]
        assert loans.eased[rows].all()
        np.testing.assert_array_equal(loans.remaining[rows], noted["remaining"] + 6)
        np.testing.assert_array_equal(loans.balance[rows], noted["balance"])
        np.testing.assert_array_equal(loans.grade[rows], noted["grade"])
        assert not loans.probation[rows].any()
        assert not loans.rescheduled[rows].any()
        monthly, months = noted["rate"] / 12.0, noted["remaining"] + 6.0
        annuity = noted["balance"] * monthly / (1.0 - (1.0 + monthly) ** -months)
        np.testing.assert_allclose(loans.instalment[rows], annuity, rtol=1e-9)

    listen(monkeypatch, care.act, before)
    heard(monkeypatch, care.proven, after, response_lag=1, call=True)
    assert sum(sizes) > 20


def test_nothing_is_eased_where_the_bank_does_not_ease() -> None:
    simulation = advanced(simulated(response_lag=1, ease=False), MONTHS)
    assert not simulation.market.loans.eased.any()


@pytest.mark.parametrize("called", [True, False])
def test_who_is_proven_stops_and_repays_on_call(
    called: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: dict[str, Any] = {"paid": 0.0, "proven": 0}

    def before(month: Any, proven: Proven) -> None:
        market, rows = month.market, proven.rows
        assert market.firms.diverting[rows].all()
        noted["proven"] += rows.size
        noted["rows"], noted["balance"] = rows, market.loans.balance[rows].copy()
        noted["cash"] = market.firms.cash[rows].copy()

    def after(month: Any, fact: Any) -> None:
        market, rows = month.market, noted["rows"]
        assert not market.firms.diverting[rows].any()
        assert (market.loans.alarm[rows] == NEVER).all()
        paid = noted["balance"] - market.loans.balance[rows]
        np.testing.assert_allclose(noted["cash"] - market.firms.cash[rows], paid, atol=0.01)
        noted["paid"] += paid.sum()

    listen(monkeypatch, learning.follow_payments, after)
    heard(monkeypatch, care.proven, before, omega=30.0, success=0.9, call_misuse=called)
    assert noted["proven"] > 20
    assert (noted["paid"] > 0.0) == called


def test_chances_of_proof_foresee_what_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"chances": 0.0, "proven": 0}

    by_book = care.by_book

    def spy(market: Any, live: Any, lender: int, amounts: Any) -> Any:
        counts["chances"] += amounts[market.firms.diverting[live]].sum()
        return by_book(market, live, lender, amounts)

    def proofs(month: Any, proven: Proven) -> None:
        counts["proven"] += proven.rows.size

    monkeypatch.setattr(care, "by_book", spy)
    how = {"monthly": 0.2, "accounts": 1.5, "proceeds_check": 0.3, "response_lag": 0}
    heard(monkeypatch, care.proven, proofs, omega=30.0, **how)
    assert counts["proven"] > 80
    assert counts["proven"] == pytest.approx(counts["chances"], rel=0.25)
