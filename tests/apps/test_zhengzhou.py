"""Z Bank's two scenarios: what differs between them, and when it begins."""

from __future__ import annotations

from math import sqrt

import pytest

from sim.scenario.loading import load_scenario
from tests.apps.command import ROOT


def test_zhengzhou_begins_its_measures_in_month_one() -> None:
    """Both arms live the same burn-in, and the measures differ from the base after it."""
    base = load_scenario(ROOT / "scenarios/zhengzhou/baseline.yaml")
    other = load_scenario(ROOT / "scenarios/zhengzhou/optimised.yaml")
    assert base.banks_in(0) == other.banks_in(0) == base.banks_in(1)
    assert base.economy_in(0) == other.economy_in(0)
    assert base.economy_in(1) == other.economy_in(1)
    assert base.firms == other.firms
    changed = {
        (family, key)
        for family in ("screening", "rating", "approval", "pricing", "monitoring", "staffing")
        for key, value in dict(getattr(other.banks["main"], family)).items()
        if getattr(getattr(base.banks["main"], family), key) != value
    }
    # one lever at least for each of the statements 1.11 to 1.16 and 1.21
    for lever in [
        ("staffing", "specialised"), ("screening", "owner_visit"), ("approval", "review_precision"),
        ("monitoring", "monthly"), ("pricing", "sensitivity"), ("staffing", "trained"),
        ("staffing", "culture"),
    ]:  # fmt: skip
        assert lever in changed
    # 1.12: two dimensions of five are looked at, then four
    signals = ("statements", "bureau", "site_visit", "owner_visit", "partners")
    seen = [
        sum(getattr(scenario.banks["main"].screening, name).precision > 0 for name in signals)
        for scenario in (base, other)
    ]
    assert seen == [2, 4]


def test_the_rating_of_zhengzhou_differs_in_its_weights_alone() -> None:
    """1.13: weights at a cosine of .80 to the true ones; the reform takes the true ones."""
    base = load_scenario(ROOT / "scenarios/zhengzhou/baseline.yaml")
    old = base.banks["main"].rating
    new = load_scenario(ROOT / "scenarios/zhengzhou/optimised.yaml").banks["main"].rating
    assert (old.level, old.slope) == (new.level, new.slope)
    true = base.firms.quality_weights
    cosine = sum(sqrt(mine * its) for mine, its in zip(old.squared_weights, true, strict=True))
    assert cosine == pytest.approx(0.80, abs=0.005)
    assert new.squared_weights == tuple(true)
    assert old.usual_weights == new.usual_weights == old.squared_weights  # only the reform pays
