"""The link of quality to default is found where it is known, and comes from production."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from sim.analysis.calibration.link import (
    Followed,
    fit_link,
    followed,
    joined,
    lend_to_all,
    log_linear,
)
from tests.model.worlds import scenario

LEVEL, SLOPE = -1.6, 0.9


def known_loans(runs: int, each: int) -> Followed:
    rng = np.random.default_rng(4)
    n = runs * each
    theta = rng.standard_normal(n)
    hazard = 1.0 - norm.cdf(SLOPE * theta - LEVEL) ** (1.0 / 12.0)
    term = rng.integers(3, 37, n)
    fails = rng.geometric(hazard)
    return Followed(
        np.repeat(np.arange(runs), each), theta, np.minimum(fails, term).astype(float),
        fails <= term,
    )  # fmt: skip


def test_a_known_link_is_found_whatever_the_terms() -> None:
    link = fit_link(known_loans(20, 1500))
    assert link.loans == 30_000
    assert abs(link.level - LEVEL) < 4 * link.level_error
    assert abs(link.slope - SLOPE) < 4 * link.slope_error
    assert 0.005 < link.slope_error < 0.05
    np.testing.assert_allclose(link.fifths[:, 1], link.fifths[:, 2], rtol=0.25)
    assert (np.diff(link.fifths[:, 0]) > 0).all()
    assert (np.diff(link.fifths[:, 2]) < 0).all()
    assert fit_link(known_loans(20, 1500), log_linear).likelihood < link.likelihood - 5


def test_parts_are_joined_seed_by_seed() -> None:
    parts = [known_loans(3, 10), known_loans(2, 10)]
    both = joined(parts)
    assert np.unique(both.run).tolist() == [0, 1, 2, 3, 4]
    np.testing.assert_array_equal(both.theta[:30], parts[0].theta)
    assert both.months.sum() == sum(part.months.sum() for part in parts)


def test_all_are_lent_to_and_good_firms_default_less() -> None:
    firms = {"count": 600, "volatility": 0.12, "demand": {"need_monthly": 0.1}}
    world = lend_to_all(scenario(firms=firms), 30)
    assert world.horizon == 30
    assert world.firms.temptation.omega == 0.0
    loans = followed(world, [1, 2])
    assert set(loans.run) == {0, 1}
    assert loans.theta.size > 500
    assert (loans.theta < -1.0).sum() > 10  # few bad firms take their price, but none is refused
    assert loans.defaulted.any()
    assert (loans.months[loans.defaulted] >= 4).all()  # three instalments missed, and a fourth
    assert loans.months.min() >= 1
    assert loans.months.max() <= 29
    assert loans.theta[loans.defaulted].mean() < loans.theta.mean() - 0.3
    assert fit_link(loans).slope > 0.3


def test_it_is_theta_at_application_that_counts() -> None:
    firms = {"count": 1000, "quality_half_life": 6.0, "demand": {"need_monthly": 0.1}}
    loans = followed(lend_to_all(scenario(firms=firms), 24), [1])
    other = followed(lend_to_all(scenario(firms=firms | {"quality_half_life": 0.0}), 24), [1])
    assert loans.theta.size > 100
    assert loans.theta.var() == pytest.approx(1.0, abs=0.3)
    assert loans.theta.tolist() != other.theta.tolist()
