"""Portfolio loss agrees with integration over the common factor and with enumeration."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import RequestError
from sim.credit import vasicek

LAW = settings(deadline=None, derandomize=True, max_examples=40)
pds, rhos = st.floats(0.002, 0.6), st.floats(0.0, 0.7)


def over_factor(function: object) -> float:
    """Return the mean of a function of the common factor by adaptive quadrature."""
    from scipy.integrate import quad

    value, _ = quad(
        lambda z: function(z) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi),  # type: ignore[operator]
        -9.0,
        9.0,
        epsabs=1e-12,
        limit=400,
        points=[-4.0, -2.0, 0.0, 2.0],
    )
    return value


def conditional(pd: float, rho: float, z: float) -> float:
    """Return the chance of default given the factor, from the standard library alone."""
    from statistics import NormalDist

    # its own cdf is 1 + erf, which keeps no digits of a small chance; erfc keeps them all
    x = (NormalDist().inv_cdf(pd) - math.sqrt(rho) * z) / math.sqrt(1 - rho)
    return 0.5 * math.erfc(-x / math.sqrt(2))


def test_loss_quantile_is_the_published_one() -> None:
    assert round(float(vasicek.loss_quantile(0.99, 0.05, 0.12)), 6) == 0.185565


@LAW
@given(pds, rhos, st.floats(-3.0, 3.0))
def test_conditional_pd(pd: float, rho: float, z: float) -> None:
    assert vasicek.conditional_pd(pd, rho, z) == pytest.approx(conditional(pd, rho, z), abs=1e-12)


@LAW
@given(pds, st.floats(0.01, 0.7), st.floats(0.01, 0.99))
def test_the_loss_exceeds_its_quantile_with_the_chance_it_says(
    pd: float, rho: float, q: float
) -> None:
    # The loss falls as the factor rises, so P(loss <= x) = P(Z >= z*) with p(z*) = x, by bisection
    target, low, high = float(vasicek.loss_quantile(q, pd, rho)), -40.0, 40.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if conditional(pd, rho, middle) > target else (low, middle)
    assert 0.5 * math.erfc(low / math.sqrt(2)) == pytest.approx(q, abs=1e-8)


@pytest.mark.parametrize(("pd", "rho"), [(0.05, 0.12), (0.3, 0.5), (0.01, 0.04), (0.5, 0.9)])
def test_mean_and_variance_by_integration(pd: float, rho: float) -> None:
    mean = over_factor(lambda z: conditional(pd, rho, z))
    square = over_factor(lambda z: conditional(pd, rho, z) ** 2)
    assert mean == pytest.approx(pd, abs=1e-9)
    assert vasicek.loss_variance(pd, rho) == pytest.approx(square - pd**2, abs=1e-9)


def test_without_correlation_a_fine_book_loses_its_pd() -> None:
    assert vasicek.loss_quantile([0.5, 0.999], 0.05, 0.0) == pytest.approx([0.05, 0.05])
    assert vasicek.loss_variance(0.05, 0.0) == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize(("loans", "pd", "rho"), [(1, 0.1, 0.2), (4, 0.3, 0.4), (6, 0.05, 0.0)])
def test_small_books_by_enumeration(loans: int, pd: float, rho: float) -> None:
    expected = np.zeros(loans + 1)
    for outcome in itertools.product((0, 1), repeat=loans):
        bad = sum(outcome)
        expected[bad] += over_factor(
            lambda z, bad=bad: conditional(pd, rho, z) ** bad
            * (1 - conditional(pd, rho, z)) ** (loans - bad)
        )  # fmt: skip
    assert vasicek.default_count_distribution(loans, pd, rho) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("loans", "pd", "rho"), [(50, 0.05, 0.12), (700, 0.03, 0.3), (90, 0.5, 0.9)]
)
def test_moments_of_a_finite_book(loans: int, pd: float, rho: float) -> None:
    chance = vasicek.default_count_distribution(loans, pd, rho)
    rate = np.arange(loans + 1) / loans
    # By the law of total variance: the fine book's variance plus sampling around it
    fine = over_factor(lambda z: conditional(pd, rho, z) ** 2) - pd**2
    assert chance.sum() == pytest.approx(1.0, abs=1e-10)
    assert chance @ rate == pytest.approx(pd, abs=1e-10)
    assert chance @ rate**2 - pd**2 == pytest.approx(
        fine + (pd * (1 - pd) - fine) / loans, abs=1e-9
    )


def test_the_two_ways_to_count_agree() -> None:
    chance = vasicek.default_count_distribution(60, 0.08, 0.2)
    counts = np.arange(61)
    assert vasicek.default_count_cdf(counts, 60, 0.08, 0.2) == pytest.approx(
        np.cumsum(chance), abs=1e-10
    )
    assert vasicek.default_count_cdf([-1, 3.7, 99], 60, 0.08, 0.2) == pytest.approx(
        [0.0, chance[:4].sum(), 1.0], abs=1e-10
    )


def test_impossible_books_are_refused() -> None:
    with pytest.raises(RequestError, match=r"rho is 1; it must lie in \[0, 1\)"):
        vasicek.loss_quantile(0.99, 0.05, 1.0)
    with pytest.raises(RequestError, match=r"q is 1; it must lie in \(0, 1\)"):
        vasicek.loss_quantile(1.0, 0.05, 0.1)
    with pytest.raises(RequestError, match="loans is 0"):
        vasicek.default_count_distribution(0, 0.05, 0.1)
