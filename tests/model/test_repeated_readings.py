"""Readings of a firm that applied before: taken for fresh, for what they are worth, or for none."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.state import post
from sim.state.facts import Investigated
from sim.state.market import Market
from sim.world.signals import Readings
from tests.model.worlds import advanced, scenario
from tests.steps import replace_posting

FINANCE, TAU = 1, 3.0
RATIONAL = 0.176


def precision_gained(weight: float, monkeypatch: pytest.MonkeyPatch) -> tuple[set, set]:
    """Return what first and later applications add to the precision of finance, rounded."""
    bank = {
        "screening": {"kind": "investigation", "memory": 1.0, "repeat_weight": weight,
                      "learns_from_behaviour": False, "statements": {"precision": TAU}},
        "staffing": {"kind": "none"},  # every step is carried out
        "approval": {"kind": "cut_off", "pd_max": 0.05, "override": 0.0},
    }  # fmt: skip
    first: set[float] = set()
    later: set[float] = set()
    book = post.investigations

    def investigations(market: Market, made: Investigated) -> None:
        file = market.file_of(0)
        before = 1.0 / file.belief_variance[FINANCE, made.rows].astype(float)
        gained = np.round(1.0 / made.variance[FINANCE] - before, 3)
        new = file.known_since[made.rows] == market.month
        first.update(gained[new].tolist())
        later.update(gained[~new].tolist())
        book(market, made)

    with monkeypatch.context() as patch:
        replace_posting(patch, post.investigations, investigations)
        world = scenario(bank, horizon=10, burn_in={"months": 0})
        advanced(Simulation(world, [1]), 10)
    return first, later


@pytest.mark.parametrize("weight", [0.0, RATIONAL, 1.0])
def test_only_later_readings_are_weighted(weight: float, monkeypatch: pytest.MonkeyPatch) -> None:
    first, later = precision_gained(weight, monkeypatch)
    assert first == {TAU}
    assert later
    for gained in later:  # the file keeps single precision
        assert gained == pytest.approx(weight * TAU, abs=2e-3)


def test_the_rational_weight_is_what_two_readings_with_common_noise_are_worth() -> None:
    """Generalised least squares: precision 1' C^-1 1 of two readings, less that of one."""
    common, own = (weight**2 / TAU for weight in Readings().mix)
    covariance = np.array([[common + own, common], [common, common + own]])
    ones = np.ones(2)
    both = ones @ np.linalg.solve(covariance, ones)
    assert (both - TAU) / TAU == pytest.approx(RATIONAL, abs=5e-4)
