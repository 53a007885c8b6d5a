"""Principal falls due as each schedule says, and none is left after the last month."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.credit.amortisation import annuity_payment
from sim.credit.schedule import Schedule, due_rules, principal_due

LAW = settings(deadline=None, derandomize=True, max_examples=60)
REDUCTION, SWING = 0.1, 0.5
RULES = due_rules(REDUCTION, SWING)
OWN_RULE = [one for one in Schedule if one != Schedule.RECEIVABLES]  # that one: test_receivables
terms = st.integers(1, 60)


def dues(schedule: Schedule, months: int, rate: float = 0.06, after_peak: int = 0) -> list[float]:
    """Return the principal due in each month of a loan of 1 that is paid as it falls due."""
    balance, paid = 1.0, []
    instalment = float(annuity_payment(1.0, rate, months))
    for k in range(months):
        interest, left = balance * rate / 12.0, months - k
        due = principal_due(
            int(schedule), balance, instalment, interest, left, after_peak + k, RULES
        )
        paid.append(float(due))
        balance -= paid[-1]
    assert balance == 0.0
    return paid


@LAW
@given(st.one_of(st.just(0.0), st.floats(1e-12, 0.6)), terms)
def test_level_instalments_of_interest_and_principal_are_equal(rate: float, months: int) -> None:
    paid = dues(Schedule.LEVEL, months, rate)
    before = 1.0 - np.cumsum([0.0, *paid[:-1]])
    assert before * rate / 12.0 + paid == pytest.approx(
        [float(annuity_payment(1.0, rate, months))] * months, rel=1e-9
    )


def test_a_bullet_is_due_at_its_end() -> None:
    assert dues(Schedule.BULLET, 4) == [0.0, 0.0, 0.0, 1.0]


def test_of_a_revolving_balance_a_share_is_due_each_month_and_the_rest_at_its_end() -> None:
    assert dues(Schedule.REVOLVING, 4) == pytest.approx([0.1, 0.09, 0.081, 0.729])


@LAW
@given(st.integers(0, 30), terms)
def test_seasonal_dues_follow_the_season(after_peak: int, months: int) -> None:
    """Each month's share is its weight, a cosine about 1, over those of the whole term."""
    weight = 1.0 + SWING * np.cos(np.pi * (after_peak + np.arange(months)) / 6.0)
    paid = dues(Schedule.SEASONAL, months, after_peak=after_peak)
    assert paid == pytest.approx(weight / weight.sum(), rel=1e-9)


@pytest.mark.parametrize("schedule", OWN_RULE)
def test_all_is_due_in_the_last_month_and_nothing_after_it(schedule: Schedule) -> None:
    due = [
        float(principal_due(int(schedule), 7.0, 0.5, 0.1, left, 3, RULES)) for left in (1, 0, -3)
    ]
    assert due == [7.0, 0.0, 0.0]
