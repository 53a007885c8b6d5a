"""Loans are paid off as a monthly ledger says they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import RequestError
from sim.credit import amortisation

LAW = settings(deadline=None, derandomize=True, max_examples=60)
rates = st.one_of(st.just(0.0), st.floats(1e-12, 0.6))
terms = st.integers(1, 60)


def ledger(payment: float, balance: float, rate: float, months: int) -> list[float]:
    """Return the balance after 0, 1, ... payments, kept the way a clerk keeps it."""
    balances = [balance]
    for _ in range(months):
        balance = balance * (1.0 + rate / 12.0) - payment
        balances.append(balance)
    return balances


def test_annuity_payment_is_the_published_one() -> None:
    assert round(float(amortisation.annuity_payment(1e6, 0.06, 12)), 4) == 86066.4297


def test_without_interest_the_payment_is_an_equal_share() -> None:
    assert amortisation.annuity_payment(900.0, 0.0, 36) == 25.0


@LAW
@given(rates, terms)
def test_the_payment_clears_the_loan(rate: float, months: int) -> None:
    payment = float(amortisation.annuity_payment(1.0, rate, months))
    assert ledger(payment, 1.0, rate, months)[-1] == pytest.approx(0.0, abs=1e-9)


@LAW
@given(rates, terms, st.integers(0, 59))
def test_what_is_awaited_is_worth_what_was_put_in(rate: float, months: int, wait: int) -> None:
    wait = min(wait, months - 1)
    paid = float(amortisation.awaited_instalment(7.0, rate, months, wait))
    worth = sum(paid / (1.0 + rate / 12.0) ** month for month in range(wait + 1, months + 1))
    assert worth == pytest.approx(7.0, rel=1e-9)
    if wait == 0:
        assert paid == float(amortisation.level_instalment(7.0, rate, months))


@LAW
@given(rates, terms)
def test_outstanding_balance_is_the_ledger(rate: float, months: int) -> None:
    payment = float(amortisation.annuity_payment(1.0, rate, months))
    balances = amortisation.outstanding_balance(1.0, rate, months, np.arange(months + 1))
    assert balances == pytest.approx(ledger(payment, 1.0, rate, months), abs=1e-9)


@LAW
@given(rates, terms)
def test_average_balance_is_the_mean_of_the_ledger(rate: float, months: int) -> None:
    payment = float(amortisation.annuity_payment(1.0, rate, months))
    expected = np.mean(ledger(payment, 1.0, rate, months)[:-1])
    assert amortisation.average_balance(1.0, rate, months) == pytest.approx(expected, rel=1e-9)


def test_average_balance_takes_loans_of_different_terms() -> None:
    one_by_one = [float(amortisation.average_balance(5.0, 0.07, n)) for n in (3, 36, 12)]
    assert amortisation.average_balance(5.0, 0.07, [3, 36, 12]) == pytest.approx(one_by_one)
    assert amortisation.average_balance([], [], []).shape == (0,)


@LAW
@given(rates, terms)
def test_instalments_are_level_and_add_up(rate: float, months: int) -> None:
    balance, payments = 1.0, []
    for left in range(months, 0, -1):
        due = float(amortisation.instalment_due(balance, rate / 12.0, left))
        payments.append(due + balance * rate / 12.0)
        balance -= due
    assert balance == 0.0
    assert payments == pytest.approx(
        [float(amortisation.annuity_payment(1.0, rate, months))] * months, rel=1e-9
    )


def test_a_matured_loan_is_due_in_full() -> None:
    left = np.array([1, 0, -3])
    season = np.ones(12)
    for due in (
        amortisation.instalment_due(7.0, 0.01, left),
        amortisation.bullet_due(7.0, left),
        amortisation.revolving_due(7.0, 0.1, left),
        amortisation.receivables_due(7.0, season, 3, left),
    ):
        assert due.tolist() == [7.0, 7.0, 7.0]


def test_bullet_and_revolving_before_the_end() -> None:
    assert amortisation.bullet_due([7.0, 9.0], [2, 12]).tolist() == [0.0, 0.0]
    assert amortisation.revolving_due([7.0, 9.0], 0.1, [2, 12]) == pytest.approx([0.7, 0.9])


@LAW
@given(
    st.lists(st.floats(0.0, 5.0), min_size=12, max_size=12),
    st.integers(0, 11),
    st.integers(1, 40),
)
def test_receivables_follow_the_season(season: list[float], start: int, months: int) -> None:
    receipts = [season[(start + k) % 12] for k in range(months)]
    balance, paid = 1.0, []
    for k in range(months):
        due = amortisation.receivables_due(balance, season, (start + k) % 12, months - k)
        paid.append(float(due))
        balance -= float(due)
    assert balance == pytest.approx(0.0, abs=1e-12)
    assert min(paid) >= 0.0
    if receipts[-1] > 1e-6:  # else the last month also takes what the season left over
        assert paid == pytest.approx([r / sum(receipts) for r in receipts], abs=1e-9)


def test_an_even_season_repays_in_equal_parts() -> None:
    assert amortisation.receivables_due(60.0, np.ones(12), 5, [30, 20]).tolist() == [2.0, 3.0]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((1.0, -0.01, 12), r"annual_rate is -0\.01; it must lie in \[0, inf\)"),
        ((1.0, np.nan, 12), "annual_rate is nan"),
        ((1.0, 0.05, 0), r"months is 0; it must lie in \[1, inf\)"),
    ],
)
def test_impossible_loans_are_refused(arguments: tuple[float, ...], complaint: str) -> None:
    with pytest.raises(RequestError, match=complaint):
        amortisation.annuity_payment(*arguments)


def test_more_payments_than_months_are_refused() -> None:
    with pytest.raises(RequestError, match="months - paid is -1"):
        amortisation.outstanding_balance(1.0, 0.05, 12, 13)
