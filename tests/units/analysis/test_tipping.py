"""On which quantity a claim depends most, whether that may be chance, and where it turns."""

import numpy as np
import pytest

from sim.analysis.tipping import dependence

RNG = np.random.default_rng(3)
POINTS = RNG.uniform(-1.0, 1.0, (16, 4))
RANGES = np.stack([width * POINTS for width in (0.5, 1.0, 2.0)])  # (3, 16, 4)


def test_the_quantity_that_turns_a_claim_is_found_with_its_value() -> None:
    found = dependence(RANGES, 0.3 - RANGES[:, :, 2])
    assert found is not None
    assert found.quantity == 2
    assert found.correlation == pytest.approx(-1.0)
    assert found.tips_at == pytest.approx(0.3)
    assert found.p == pytest.approx(1 / 2000)  # no shuffle is as good as the truth


@pytest.mark.thorough
def test_noise_is_rarely_taken_for_a_dependence() -> None:
    rng = np.random.default_rng(5)
    found = [dependence(RANGES, np.tile(rng.normal(size=16), (3, 1))) for _ in range(60)]
    shown = np.mean([one is not None and one.p <= 0.05 for one in found])
    assert shown <= 0.15  # 5 % expected, although the same noise stands under all three ranges


def test_a_line_that_crosses_zero_beyond_the_points_has_no_turn() -> None:
    found = dependence(RANGES, 9.0 + RANGES[:, :, 0])
    assert found is not None
    assert found.quantity == 0
    assert found.correlation == pytest.approx(1.0)
    assert np.isnan(found.tips_at)


def test_points_without_an_answer_are_left_out_and_a_constant_has_no_dependence() -> None:
    distance = RANGES[:, :, 1].copy()
    distance[1, 4] = np.nan
    found = dependence(RANGES, distance)
    assert found is not None
    assert found.tips_at == pytest.approx(0.0, abs=1e-12)
    assert dependence(RANGES, np.ones((3, 16))) is None
    assert dependence(RANGES, np.full((3, 16), np.nan)) is None
