"""Officers who choose inflate near misses, propose larger loans, and use their hours as pay pulls.

Both arms live one burn-in in which nobody chooses, so in month 1 they differ by choices alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.credit import normal
from sim.model.officers_pay import time_for_care
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.facts import Investigated
from sim.state.pay import Pay
from sim.world import officers_choice
from sim.world.officers_choice import Choice
from tests.model.worlds import advanced, digest, scenario

TEAM = {"kind": "officers", "clients_per_officer": 10.0, "bonus": 0.001, "volume_bonus": 1.0}
SURE = {"culture": 1.0, "execution_base": 1.0}
EAGER = {"chooses": True, "scruple": 0.0}
REACH = 0.6  # the usual x_1
SLOPE = 0.65
NO_PRESSURE = np.zeros(2)


def world(choice: dict[str, Any], bank: dict[str, Any] | None = None, **content: Any) -> Scenario:
    """Return a market whose officers choose as said from month 1 on, and not before."""
    new = {"staffing": TEAM, "growth_target": -1.0} | (bank or {})
    content.setdefault("horizon", 4)
    old = {"months": 14, "banks": {"bank 0": new}, "economy": {}}
    return scenario(new, economy={"labour": {"choice": choice}}, burn_in=old, **content)


def found(choice: dict[str, Any], bank: dict[str, Any] | None = None) -> Investigated:
    """Return what the bank found in month 1."""
    facts: list[Any] = []
    simulation = advanced(Simulation(world(choice, bank), [1, 2]), 0)
    simulation.observer = lambda step, fact: facts.append(fact)
    advanced(simulation, 1)
    return next(fact for fact in facts if isinstance(fact, Investigated))


def gap(found: Investigated, cut_off: float = 0.06) -> Floats:
    """Return by how many sd of quality each file misses the cut-off, (n,); below 0 it passes."""
    steep = SLOPE / np.sqrt(1.0 + SLOPE**2 * found.overall_variance)
    missed = normal.quantile(found.pd) - normal.quantile(cut_off)
    return np.asarray(missed / steep)


def test_pay_pulls_by_volume_and_quality() -> None:
    pull = officers_choice.pulls(Pay(0.002, 0.75, 0.4), Choice(), np.array([0.0, 1.0]))
    np.testing.assert_allclose(pull.volume, [2 * 0.75 * 0.8, 2 * 0.75 * 0.8 * 2])
    np.testing.assert_allclose(pull.quality, 2 * (0.25 * 0.8 + 0.4 * 0.75))


def test_hours_go_where_pay_pulls_and_are_used_once() -> None:
    def used(pay: Pay) -> officers_choice.Hours:
        return officers_choice.hours(officers_choice.pulls(pay, Choice(), NO_PRESSURE), Choice())

    fixed, volume, quality = (used(pay) for pay in (Pay(), Pay(0.001, 1.0), Pay(0.001, 0.0)))
    np.testing.assert_allclose(fixed.prospecting, 0.25)
    np.testing.assert_allclose(volume.prospecting, 1 / 3)
    assert quality.screening[0] > fixed.screening[0] > volume.screening[0]
    for each in (fixed, volume, quality):
        spent = each.prospecting + 0.5 * each.screening + 0.5 * 0.7 * each.care
        np.testing.assert_allclose(spent, 1.0)
    strong, deferred = used(Pay(0.003, 0.0)), used(Pay(0.003, 0.0, 0.5))
    assert deferred.screening[0] < strong.screening[0]  # high-powered pay loses by deferral


def test_at_usual_pay_loans_get_the_usual_care() -> None:
    pull = officers_choice.pulls(Pay(0.001, 0.8), Choice(), NO_PRESSURE)
    used = officers_choice.hours(pull, Choice())
    np.testing.assert_allclose(used.care, 1.0)
    np.testing.assert_allclose(used.prospecting, Choice().usual_prospecting)


def test_hours_for_care_follow_their_share_of_the_pull() -> None:
    careless, careful = Choice(care_pull=0.0), Choice(care_pull=1.0)
    pull = officers_choice.pulls(Pay(0.003, 0.0), Choice(), NO_PRESSURE)
    less, more = (officers_choice.hours(pull, choice) for choice in (careless, careful))
    assert more.care[0] > less.care[0]
    assert more.screening[0] < less.screening[0]
    assert more.prospecting[0] == less.prospecting[0]


def test_without_scruples_every_near_miss_passes_by_the_margin() -> None:
    honest, eager = found({}), found(EAGER)
    np.testing.assert_array_equal(honest.rows, eager.rows)
    missed = gap(honest)
    near = (missed > 0.0) & (missed <= REACH) & ~honest.caught
    assert 0 < near.sum() < near.size
    np.testing.assert_array_equal(eager.inflated, near)
    np.testing.assert_allclose(gap(eager)[near], -Choice().margin, atol=1e-9)
    np.testing.assert_array_equal(eager.pd[~near], honest.pd[~near])
    raised = eager.overall_mean - honest.overall_mean
    np.testing.assert_allclose(raised[near], missed[near] + Choice().margin, atol=1e-9)


def test_officers_short_of_time_begin_fewer_checks_and_no_more_than_all() -> None:
    workload = np.array([0.0, 0.5, 1.0, 4.0])  # hours needed over those that there are
    np.testing.assert_allclose(time_for_care(workload, Choice()), [1.0, 1.0, 1.0, 0.5])
    every, none = (Choice(saved_in_number=share) for share in (1.0, 0.0))
    np.testing.assert_allclose(time_for_care(workload, every), [1.0, 1.0, 1.0, 0.25])
    np.testing.assert_allclose(time_for_care(workload, none), 1.0)


def test_a_file_is_inflated_only_where_the_bonus_is_worth_it() -> None:
    rule, one = Choice(), np.ones(4)
    need = np.array([0.1, 0.3, 0.59, 0.61])
    pd = np.asarray(normal.cdf(normal.quantile(0.06) + need))
    chi = np.full(4, 4.0)  # worth one bonus at half the reach

    def done(volume: float, quality: float, amount: float = 1.0) -> Floats:
        return np.asarray(officers_choice.inflation(
            pd, 0.06 * one, one, amount * one, volume * one, quality, chi, rule.record()
        ))  # fmt: skip

    np.testing.assert_array_equal(done(0.0, 0.0) > 0, [False] * 4)
    np.testing.assert_array_equal(done(1.01, 0.0) > 0, [True, True, False, False])
    np.testing.assert_array_equal(done(0.99, 0.0) > 0, [True, False, False, False])
    np.testing.assert_array_equal(done(0.5, 0.0, 2.02) > 0, [True, True, False, False])
    np.testing.assert_array_equal(done(9.0, 0.0) > 0, [True, True, True, False])
    stake = 0.8 / (rule.stake * rule.felt_loss * pd[0])  # a stake that takes away most of it
    np.testing.assert_array_equal(done(1.0, stake) > 0, [True, False, False, False])
    np.testing.assert_allclose(done(9.0, 0.0)[:3], need[:3] + rule.margin, atol=1e-9)


def test_scruples_follow_integrity() -> None:
    chi = officers_choice.scruples(np.array([0.1, 0.5, 0.9]), Choice(scruple=3.0))
    np.testing.assert_allclose(chi[1], 3.0)
    np.testing.assert_allclose(chi[0] * chi[2], 9.0)
    assert chi[0] < chi[1] < chi[2]


def test_a_second_review_undoes_inflation() -> None:
    approval = {"kind": "cut_off", "review_precision": 1.0}
    bank = {"staffing": TEAM | SURE, "approval": approval}
    blind, usual, sharp = (
        found(EAGER | {"struck_by_review": chance}, bank).inflated for chance in (0.0, 0.5, 1.0)
    )
    assert not sharp.any()
    assert not (usual & ~blind).any()
    assert 0 < usual.sum() < blind.sum()


def test_a_review_that_nobody_carries_out_undoes_nothing() -> None:
    never = {"culture": 0.0, "execution_base": 0.0, "execution_by_culture": 0.0}
    approval = {"kind": "cut_off", "review_precision": 1.0}
    bank = {"staffing": TEAM | never, "approval": approval}
    assert found(EAGER | {"struck_by_review": 1.0}, bank).inflated.any()


def lent(choice: dict[str, Any], **staffing: float) -> tuple[Floats, Floats]:
    """Return what was lent in month 1 and what had been requested for it."""
    bank = {"staffing": TEAM | staffing, "collateral": {"kind": "pledge", "cover": 0.5}}
    market = advanced(Simulation(world(choice, bank), [1, 2]), 1).market
    new = (market.loans.granted == 1) & (market.loans.lender == 0)
    assert new.sum() > 5
    np.testing.assert_allclose(
        market.loans.collateral[new], 0.5 * market.loans.principal[new], rtol=0.02
    )
    return market.loans.principal[new], market.applications.amount[new]


@pytest.mark.parametrize(
    ("bonus", "share"), [(0.0, 0.85), (0.001, 0.85 + 0.15 / 1.5), (0.01, 0.85 + 0.15 / 1.05)]
)
def test_what_officers_propose_is_lent(bonus: float, share: float) -> None:
    principal, requested = lent({"chooses": True}, bonus=bonus)
    np.testing.assert_allclose(principal, share * requested, rtol=1e-12)
    principal, requested = lent({})
    np.testing.assert_array_equal(principal, requested)


def test_overrides_by_chance_end_and_exploration_stays() -> None:
    settings = {"kind": "cut_off", "override": 1.0}
    usual, chosen, explores = (
        simulate(world(choice, {"approval": settings | more}), seeds=[1]).months["overridden"].sum()
        for choice, more in (({}, {}), (EAGER, {}), (EAGER, {"exploration": 0.5}))
    )
    assert usual > 0 == chosen
    assert explores > 0


def test_off_is_the_default_and_then_nothing_else_about_choices_counts() -> None:
    other = {"scruple": 0.1, "least_size": 0.2, "free_hours": 1.0, "struck_by_review": 1.0}
    bank = {"approval": {"kind": "cut_off", "review_precision": 1.0}}
    usual, changed = (simulate(world(one, bank), seeds=[1, 2]).months for one in ({}, other))
    assert digest(usual) == digest(changed)
    assert usual["inflated"].sum() == 0.0


ON = {"chooses": True, "scruple": 1.0}
REACHES_A_RUN: dict[str, dict[str, float]] = {
    "usual_bonus": {"usual_bonus": 0.1},
    "deferral_discount": {"deferral_discount": 0.0},
    "clawback": {"clawback": 5.0},
    "most_inflation": {"most_inflation": 0.1},
    "margin": {"margin": 0.5},
    "scruple": {"scruple": 0.0},
    "scruple_log_sd": {"scruple_log_sd": 0.0},
    "stake": {"stake": 60.0},
    "felt_loss": {"felt_loss": 0.0},
    "least_size": {"least_size": 0.2},
    "half_size": {"half_size": 5.0},
    "free_hours": {"free_hours": 0.9},
    "quality_hours": {"quality_hours": 4.0},
    "usual_prospecting": {"usual_prospecting": 0.1},
    "care_hours": {"care_hours": 0.2},
    "care_pull": {"care_pull": 1.0},
    "saved_in_number": {"saved_in_number": 0.0},
    "struck_by_review": {"struck_by_review": 0.0},
}


def test_no_parameter_of_choices_is_left_out() -> None:
    silent = {"blame", "foresight"}  # in test_bad_news
    assert set(REACHES_A_RUN) == set(Choice.model_fields) - {"chooses"} - silent


@pytest.mark.parametrize("key", REACHES_A_RUN)
@pytest.mark.thorough
def test_every_parameter_of_choices_reaches_a_run(key: str) -> None:
    bank: dict[str, Any] = {
        "staffing": TEAM | SURE | {"volume_bonus": 0.7, "deferral": 0.4, "bonus": 0.003},
        "approval": {"kind": "cut_off", "review_precision": 1.0},
        "monitoring": {"kind": "care", "monthly": 0.3},
    }
    if key == "saved_in_number":  # it counts where time is short
        bank["staffing"] = bank["staffing"] | {"hours_per_loan": 40.0}
    usual, changed = (
        digest(simulate(world(ON | one, bank, horizon=6), seeds=[1, 2]).months)
        for one in ({}, REACHES_A_RUN[key])
    )
    assert usual != changed


APPROVALS: list[dict[str, Any]] = [
    {"kind": "all"},
    {"kind": "profit_optimal", "margin": 0.01},
    {"kind": "cut_off", "pd_max": {
        "otherwise": 0.06, "when": [{"if": {"amount": {"over": 300_000}}, "then": 0.03}]}},
]  # fmt: skip


@pytest.mark.parametrize("approval", APPROVALS)
def test_choices_go_with_every_kind_of_approval(approval: dict[str, Any]) -> None:
    result = simulate(world(EAGER, {"approval": approval}), seeds=[1, 2])  # its books balance
    inflated = result.months["inflated"].sum()
    assert (inflated == 0.0) == (approval["kind"] == "all")


def test_a_rule_on_the_cut_off_is_what_officers_aim_at() -> None:
    eager = found(EAGER, {"approval": APPROVALS[2]})
    helped = eager.pd[eager.inflated]
    at = [gap(eager, cut_off)[eager.inflated] for cut_off in (0.06, 0.03)]
    closest = np.min(np.abs(np.array(at) + Choice().margin), axis=0)
    np.testing.assert_allclose(closest, 0.0, atol=1e-9)
    assert (helped < 0.03).any()
    assert (helped > 0.04).any()


def test_banks_that_compete_and_favours_leave_the_books_balanced() -> None:
    one = {"staffing": TEAM}
    rivals = scenario(
        one, one, horizon=6,
        economy={"labour": {"choice": EAGER, "open_to_favours": 0.5}},
        firms={"count": 150, "demand": {"need_monthly": 0.15, "banks_asked": 2}},
    )  # fmt: skip
    months = simulate(rivals, seeds=[1, 2]).months
    assert (months.groupby("bank")["inflated"].sum() > 0).all()


def test_a_bank_without_officers_does_not_choose() -> None:
    bank = {"staffing": {"kind": "none"}}
    usual, changed = (simulate(world(one, bank), seeds=[1]).months for one in ({}, EAGER))
    assert digest(usual) == digest(changed)
