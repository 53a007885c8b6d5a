"""A market that stays as it is passes the test of a steady state; one that drifts does not."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.steady_state import OUTCOMES, by_year, calm, compared_years, joined, monthly
from tests.model.worlds import scenario

MONTHS, SEEDS = 120, 60


def made(drift: float = 0.0, seeds: int = SEEDS) -> dict[str, np.ndarray]:
    """Return months of a market whose default moves by a share of its level over ten years."""
    rng = np.random.default_rng(7)
    shape = (MONTHS, seeds)
    chance = 0.003 * (1.0 + drift * (np.arange(MONTHS)[:, None] / MONTHS - 0.5))
    flat = {name: np.full(shape, 1.0) for name in ("npl", "diverting", "approved", "profit")}
    return flat | {
        "defaults": rng.poisson(np.broadcast_to(650 * chance, shape)).astype(float),
        "performing": np.full(shape, 650.0),
        "gross_loans": np.full(shape, 40.0),
        "loans": np.full(shape, 20.0),
        "decided": np.full(shape, 2.0),
        "quality": rng.normal(0.0, 3.0, shape),
        "applied": np.full(shape, 100.0),
    }


def verdicts(found: dict[str, np.ndarray]) -> dict[str, str]:
    return {row.name: row.verdict for row in compared_years(found)}


def test_what_stays_is_steady() -> None:
    assert set(verdicts(made()).values()) == {"steady"}
    (default, *_) = compared_years(made())
    assert default.level == pytest.approx(0.036, rel=0.03)
    assert default.band == pytest.approx(0.1 * default.level)


def test_what_drifts_is_found() -> None:
    assert verdicts(made(drift=-0.8))["default a year"] == "moves"
    assert verdicts(made(drift=0.8))["default a year"] == "moves"


def test_few_seeds_show_nothing() -> None:
    assert verdicts(made(seeds=3))["default a year"] == "not shown"


def test_years_are_pooled() -> None:
    years = by_year(made(drift=-0.8))
    assert all(values.shape == (10,) for values in years.values())
    assert years["NPL ratio"] == pytest.approx(1 / 40)
    assert years["default a year"][0] > 1.3 * years["default a year"][-1]


@pytest.mark.thorough
def test_a_simulation_gives_every_outcome() -> None:
    world = scenario(
        {"growth_target": 0.3}, horizon=6, economy={"macro": {"months": 9, "shift": -2}}
    )
    still = calm(world, 72)
    assert (still.horizon, still.economy.macro.months) == (72, 0)
    assert still.banks["bank 0"].growth_target == 0.0
    parts = [monthly(still, [1, 2]), monthly(still, [3])]
    both = joined(parts)
    assert all(values.shape == (72, 3) for values in both.values())
    assert both["applied"].sum() > 0
    for outcome in OUTCOMES:
        assert np.isfinite(by_year(both)[outcome.name]).all()
    alone = monthly(still, [1])
    for name, values in alone.items():
        np.testing.assert_array_equal(both[name][:, :1], values)
    assert len(compared_years(both)) == len(OUTCOMES)
