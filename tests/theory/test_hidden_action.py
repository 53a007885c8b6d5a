"""Moral hazard and costly verification (rows c2, c3, e): answers by solving the payoffs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq

from sim.theory import costly_verification, moral_hazard, taking_out

PS, RS, PR, RR = 0.97, 1.22, 0.80, 1.25


def safe_worth(rate: float, collateral: float) -> float:
    """Return what the borrower expects of the safe project."""
    return PS * (RS - rate) - (1 - PS) * collateral


def risky_worth(rate: float, collateral: float, monitoring: float, penalty: float) -> float:
    """Return what the borrower expects of choosing the gamble, being caught or not."""
    alone = PR * (RR - rate) - (1 - PR) * collateral
    return (1 - monitoring) * alone + monitoring * (safe_worth(rate, collateral) - penalty)


@pytest.mark.parametrize(
    ("collateral", "monitoring", "penalty"),
    [(0.0, 0.0, 0.0), (0.1, 0.0, 0.0), (0.0, 0.3, 0.05), (0.2, 0.6, 0.02), (0.0, 0.5, 0.0)],
)
def test_highest_rate_by_indifference(collateral: float, monitoring: float, penalty: float) -> None:
    expected = brentq(
        lambda rate: (
            safe_worth(rate, collateral) - risky_worth(rate, collateral, monitoring, penalty)
        ),
        0.0,
        10.0,
        xtol=1e-13,
    )
    answer = moral_hazard.closed_form(PS, RS, PR, RR, collateral, monitoring, penalty)
    assert answer["highest_rate"] == pytest.approx(expected, abs=1e-10)
    below = expected - 1e-6
    assert safe_worth(below, collateral) > risky_worth(below, collateral, monitoring, penalty)


def test_collateral_moves_the_switch_by_itself() -> None:
    bare = moral_hazard.closed_form(PS, RS, PR, RR)["highest_rate"]
    pledged = moral_hazard.closed_form(PS, RS, PR, RR, collateral=0.07)["highest_rate"]
    assert pledged - bare == pytest.approx(0.07, abs=1e-14)


def worth_of_taking_out(resistance: float, months: int, view: float, pledge: float) -> float:
    """Return what an owner expects of taking out half of 1.1 in use, at 9 %, followed by month."""
    free, caught = 1.0, 0.0
    for _ in range(months):
        caught += free * view
        free *= 1.0 - view
    extra = 0.5 * 0.09 * (months / 12.0) * 0.5  # half again as much interest on half the balance
    return free * 0.5 * 1.1 * 0.036 - resistance * caught * (extra + 0.1 + 0.1 + 0.04 + pledge)


@pytest.mark.parametrize(("months", "view", "pledge"), [(12, 0.01, 0.0), (36, 0.03, 0.1)])
def test_an_owner_is_indifferent_at_its_resistance(months: int, view: float, pledge: float) -> None:
    expected = brentq(worth_of_taking_out, 0.0, 1e3, args=(months, view, pledge), xtol=1e-13)
    answer = taking_out.closed_form(
        1.1, 0.09, months, view, benefit=0.036, called=0.1, relationship=0.04, pledge=pledge
    )
    assert answer["resistance"] == pytest.approx(expected, rel=1e-10)


def test_where_nobody_is_caught_no_resistance_is_enough() -> None:
    fearless = taking_out.closed_form(1.0, 0.06, 12, 0.0, relationship=0.06, pledge=2.0)
    assert fearless == {"resistance": math.inf}


def bank_income(face: float, low: float, high: float, audit_cost: float) -> float:
    """Return what the bank expects of a promise, by integration over what the firm earns."""
    audited, _ = quad(lambda x: x - audit_cost, low, face)
    return (audited + face * (high - face)) / (high - low)


@pytest.mark.parametrize(
    ("low", "high", "audit_cost", "need"),
    [(0.95, 1.45, 0.05, 1.03), (0.5, 2.0, 0.1, 0.9), (0.0, 1.0, 0.0, 0.45), (0.8, 1.2, 0.02, 0.81)],
)
def test_face_value_raises_the_need_as_cheaply_as_can_be(
    low: float, high: float, audit_cost: float, need: float
) -> None:
    answer = costly_verification.closed_form(low, high, audit_cost, need)
    face = answer["face_value"]
    assert bank_income(face, low, high, audit_cost) == pytest.approx(need, abs=1e-12)
    assert answer["pd"] == pytest.approx((face - low) / (high - low), abs=1e-14)
    cheaper = np.linspace(low, face - 1e-6, 50)
    assert max(bank_income(promise, low, high, audit_cost) for promise in cheaper) < need


def test_a_need_below_the_worst_outcome_is_safe() -> None:
    assert costly_verification.closed_form(1.0, 1.5, 0.05, 0.97) == {"face_value": 0.97, "pd": 0.0}


def test_a_need_beyond_every_promise_is_rationed() -> None:
    low, high, audit_cost = 0.95, 1.45, 0.05
    most = max(bank_income(d, low, high, audit_cost) for d in np.linspace(low, high, 2001))
    within = costly_verification.closed_form(low, high, audit_cost, most - 1e-6)
    beyond = costly_verification.closed_form(low, high, audit_cost, most + 1e-6)
    assert within["pd"] < 1.0
    assert math.isnan(beyond["face_value"])
    assert math.isnan(beyond["pd"])
