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
