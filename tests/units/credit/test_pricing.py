"""A loan at its break-even rate earns its funding, its loss, its capital and its work; no more."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import RequestError
from sim.credit import amortisation, pricing
from sim.credit.raroc import raroc

LAW = settings(deadline=None, derandomize=True, max_examples=60)
hazards = st.floats(0.0, 0.2)
shares = st.floats(0.0, 1.0)


def worth(balances: np.ndarray, rate: float, funding: float, hazard: float, lgd: float) -> float:
    """Return the expected value of a loan's payments, discounted at its funding, month by month."""
    alive, value = 1.0, 0.0
    for t, (opening, closing) in enumerate(pairwise(balances), start=1):
        paid = opening - closing + opening * rate / 12.0
        recovered = (1.0 - lgd) * opening
        cash = (1.0 - hazard) * paid + hazard * recovered
        value += alive * cash / (1.0 + funding / 12.0) ** t
        alive *= 1.0 - hazard
    return value


SCHEDULES = {
    "annuity": np.asarray(amortisation.outstanding_balance(1.0, 0.08, 24, np.arange(25))),
    "bullet": np.append(np.ones(24), 0.0),
    "seasonal": np.array([1.0, 1.0, 0.3, 0.3, 0.3, 0.1, 0.0]),
}


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize(("hazard", "lgd"), [(0.0, 0.5), (0.004, 0.45), (0.05, 1.0), (0.02, 0.0)])
def test_a_loan_at_break_even_is_worth_its_principal(
    schedule: str, hazard: float, lgd: float
) -> None:
    rate = float(pricing.break_even_rate(hazard, lgd, 0.025))
    assert worth(SCHEDULES[schedule], rate, 0.025, hazard, lgd) == pytest.approx(1.0, abs=1e-12)


def test_zero_profit_prices_are_the_published_ones() -> None:
    assert round(float(pricing.zero_profit_rate(0.04, 0.45, 0.025)), 6) == 0.044792
    assert round(float(pricing.zero_profit_rate_on_claim(0.04, 0.45, 0.025)), 6) == 0.043788


@LAW
@given(st.floats(0.0, 0.9), shares, st.floats(0.0, 0.2))
def test_zero_profit_prices_earn_the_funding(pd: float, lgd: float, funding: float) -> None:
    on_principal = float(pricing.zero_profit_rate(pd, lgd, funding))
    on_claim = float(pricing.zero_profit_rate_on_claim(pd, lgd, funding))
    assert (1 - pd) * (1 + on_principal) + pd * (1 - lgd) == pytest.approx(1 + funding)
    assert (1 - pd * lgd) * (1 + on_claim) == pytest.approx(1 + funding)
    assert on_claim <= on_principal + 1e-12


@LAW
@given(shares, st.integers(1, 60))
def test_hazard_and_pd_are_two_ways_to_say_one_thing(pd: float, months: int) -> None:
    hazard = pricing.monthly_hazard(pd, months)
    survival = 1.0
    for _ in range(months):
        survival *= 1.0 - hazard
    assert 1.0 - survival == pytest.approx(pd, abs=1e-12)
    assert pricing.term_pd(hazard, months) == pytest.approx(pd, abs=1e-12)


@LAW
@given(hazards, hazards, shares, shares)
def test_more_risk_never_costs_less(h_1: float, h_2: float, lgd_1: float, lgd_2: float) -> None:
    (h_low, h_high), (lgd_low, lgd_high) = sorted((h_1, h_2)), sorted((lgd_1, lgd_2))
    rate = pricing.break_even_rate([h_low, h_high], [lgd_low, lgd_high], 0.025)
    assert rate[0] <= rate[1] + 1e-12


def test_without_risk_the_rate_is_funding_and_charges() -> None:
    rate = pricing.break_even_rate(
        0.0, 0.5, 0.025, capital_ratio=0.08, target_roe=0.12, tax_rate=0.25, cost_rate=0.01
    )
    assert rate == pytest.approx(0.025 + 0.12 / 0.75 * 0.08 + 0.01)


@LAW
@given(hazards, shares, st.floats(0.0, 0.05))
def test_break_even_hazard_inverts_the_price(hazard: float, lgd: float, charges: float) -> None:
    rate = pricing.break_even_rate(hazard, lgd, 0.025, cost_rate=charges)
    assert pricing.break_even_hazard(rate, lgd, 0.025, other_charges=charges) == pytest.approx(
        hazard, abs=1e-12
    )


def test_a_rate_below_funding_pays_for_no_risk_at_all() -> None:
    assert pricing.break_even_hazard(0.02, 0.45, 0.025) < 0.0


def test_work_is_spread_over_the_balance_and_the_term() -> None:
    # 600 a year and 1,200 once over half a year, on 300,000: (600 + 2400)/300,000
    assert pricing.annual_cost_rate(600.0, 1200.0, 300_000.0, 6) == pytest.approx(0.01)


def test_a_riskless_loan_at_break_even_has_the_target_raroc() -> None:
    capital_ratio, roe, tax, risk_free = 0.08, 0.12, 0.25, 0.02
    rate = 0.025 + 0.011 + pricing.capital_charge(capital_ratio, roe, tax, risk_free)
    earned = raroc(
        rate, 0.025, 0.011, 5e5, 0.0, capital_ratio * 5e5, risk_free=risk_free, tax_rate=tax
    )
    assert earned == pytest.approx(roe)


def test_impossible_prices_are_refused() -> None:
    with pytest.raises(RequestError, match=r"hazard is 1; it must lie in \[0, 1\)"):
        pricing.break_even_rate(1.0, 0.45, 0.025)
    with pytest.raises(RequestError, match="lgd is 45"):
        pricing.break_even_rate(0.01, 45, 0.025)
    with pytest.raises(RequestError, match=r"average_balance is 0; it must lie in \(0, inf\)"):
        pricing.annual_cost_rate(1.0, 1.0, 0.0, 12)
