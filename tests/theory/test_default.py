"""First passage and the belief's PD (rows l, m): answers by integration and by simulation."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import multivariate_normal

from sim.theory import first_passage, gaussian_belief

FIRM = dict(first_passage.EXAMPLES[0].parameters)
LAW = NormalDist()


@pytest.mark.parametrize(
    ("buffer", "drift", "volatility", "years"),
    [(0.25, 0.05, 0.20, 1.0), (0.25, -0.1, 0.20, 1.0), (0.1, 0.0, 0.3, 2.0), (0.5, 0.3, 0.25, 5.0)],
)
def test_touching_zero_by_the_density_of_its_time(
    buffer: float, drift: float, volatility: float, years: float
) -> None:
    def density(t: float) -> float:
        scale = volatility * math.sqrt(2 * math.pi * t**3)
        return buffer / scale * math.exp(-((buffer + drift * t) ** 2) / (2 * volatility**2 * t))

    expected, _ = quad(density, 0.0, years, epsabs=1e-12)
    answer = first_passage.closed_form(buffer, drift, volatility, years)
    assert answer["continuous"] == pytest.approx(expected, abs=1e-9)


def test_one_look_and_two_looks_by_the_normal_law() -> None:
    one = first_passage.observed(**FIRM, looks=1)
    assert one == pytest.approx(LAW.cdf((-0.25 - 0.05) / 0.20), abs=1e-12)
    at = np.array([0.5, 1.0])
    survive = multivariate_normal(-0.25 - 0.05 * at, 0.04 * np.minimum.outer(at, at)).cdf([0, 0])
    assert first_passage.observed(**FIRM, looks=2) == pytest.approx(1 - survive, abs=1e-6)


def test_monthly_looks_by_simulation() -> None:
    rng, paths = np.random.default_rng(20), 200_000
    buffer = np.full(paths, 0.25)
    failed = np.zeros(paths, dtype=bool)
    for _ in range(12):
        buffer += 0.05 / 12 + 0.20 * math.sqrt(1 / 12) * rng.normal(size=paths)
        failed |= buffer < 0.0
    error = math.sqrt(failed.mean() * (1 - failed.mean()) / paths)
    answer = first_passage.closed_form(**FIRM)
    assert answer["observed"] == pytest.approx(failed.mean(), abs=4 * error)
    assert 1 - answer["observed"] / answer["continuous"] == pytest.approx(0.27, abs=0.005)


def test_closer_looks_miss_less() -> None:
    answer = first_passage.closed_form(**FIRM)
    seen = [first_passage.observed(**FIRM, looks=n) for n in (1, 4, 12, 52)]
    assert (np.diff([*seen, answer["continuous"]]) > 0.0).all()


@pytest.mark.thorough
def test_the_gap_to_the_continuous_answer_closes_as_published() -> None:
    # Broadie, Glasserman and Kou (1997): looks dt apart act like a buffer larger by
    # .5826 s sqrt(dt), up to an error smaller than any multiple of sqrt(dt): with four times as
    # many looks it must fall to less than half
    def error(looks: int) -> float:
        larger = {**FIRM, "buffer": 0.25 + 0.5826 * 0.20 * math.sqrt(1 / looks)}
        exact = first_passage.observed(**FIRM, looks=looks)
        return abs(exact - first_passage.closed_form(**larger)["continuous"])

    assert error(208) < 0.5 * error(52) < 0.25 * error(13) < 1e-3


def test_belief_by_integration() -> None:
    (example,) = gaussian_belief.EXAMPLES
    p = example.parameters
    prior, noise = (
        NormalDist(p["mean"], p["variance"] ** 0.5),
        NormalDist(0, p["precision"] ** -0.5),
    )

    def mean_of(function: object) -> float:
        value, _ = quad(
            lambda q: function(q) * prior.pdf(q) * noise.pdf(p["signal"] - q),  # type: ignore[operator]
            -8, 8, epsabs=1e-13, limit=200,
        )  # fmt: skip
        return value

    total = mean_of(lambda q: 1.0)
    mean = mean_of(lambda q: q) / total
    expected = {
        "mean": mean,
        "variance": mean_of(lambda q: (q - mean) ** 2) / total,
        "pd": mean_of(lambda q: LAW.cdf(p["intercept"] - p["slope"] * q)) / total,
    }
    assert gaussian_belief.closed_form(**p) == pytest.approx(expected, abs=1e-9)
