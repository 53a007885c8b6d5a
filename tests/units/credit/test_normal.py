"""The normal law agrees with the standard library and with its limits."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from sim.credit import normal

LAW = NormalDist()
POINTS = np.array([-6.0, -2.3, -0.4, 0.0, 1.0, 3.5])


def test_against_the_standard_library() -> None:
    assert normal.cdf(POINTS) == pytest.approx([LAW.cdf(x) for x in POINTS], rel=1e-9)
    assert normal.density(POINTS) == pytest.approx([LAW.pdf(x) for x in POINTS], rel=1e-12)
    assert normal.quantile([0.01, 0.5, 0.999]) == pytest.approx(
        [LAW.inv_cdf(p) for p in (0.01, 0.5, 0.999)], abs=1e-12
    )
    assert normal.inverse_mills(POINTS) == pytest.approx(
        [LAW.pdf(x) / LAW.cdf(x) for x in POINTS], rel=1e-9
    )
    assert normal.log_cdf(POINTS) == pytest.approx([math.log(LAW.cdf(x)) for x in POINTS], rel=1e-9)


def test_tails() -> None:
    assert normal.quantile([0.0, 1.0]).tolist() == [-np.inf, np.inf]
    # the first terms of the expansion far below zero: -x - 1/x + 2/x^3
    assert normal.inverse_mills(-1e4) == pytest.approx(1e4 + 1e-4, rel=1e-15)
    assert normal.inverse_mills(60.0) == 0.0


@pytest.mark.parametrize("rho", [0.0, 0.12, 0.5, 0.99])
@pytest.mark.parametrize("x", [-1.6448536269514722, 0.0, 0.7])
def test_joint_cdf_by_integration(x: float, rho: float) -> None:
    from scipy.integrate import quad

    def both(z: float) -> float:
        return LAW.cdf((x - math.sqrt(rho) * z) / math.sqrt(1 - rho)) ** 2 * LAW.pdf(z)

    expected, _ = quad(both, -9, 9, epsabs=1e-12, limit=200)
    assert normal.joint_cdf(x, rho) == pytest.approx(expected, abs=1e-9)


def test_joint_cdf_at_zero_is_the_arcsine_law() -> None:
    rho = np.array([-0.5, 0.0, 0.3, 1.0])
    assert normal.joint_cdf(0.0, rho) == pytest.approx(0.25 + np.arcsin(rho) / (2 * math.pi))


def test_a_number_gives_a_number() -> None:
    assert isinstance(normal.cdf(0.3), float)
    assert isinstance(normal.joint_cdf(0.3, 0.2), float)
