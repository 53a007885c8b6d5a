"""Z Bank's two scenarios: what differs between them, and when it begins."""

from __future__ import annotations

from math import erf, exp, pi, sqrt

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
        ("staffing", "specialised"), ("screening", "owner_visit"), ("approval", "override"),
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


def test_the_base_of_zhengzhou_rates_too_flat_but_right_on_average() -> None:
    """E Phi(a - b theta) = Phi(a / sqrt(1 + b^2)) for theta ~ N(0, 1), checked by integration."""

    def mean_pd(level: float, slope: float) -> float:
        steps = [-8 + 0.001 * k for k in range(16_001)]
        phi = [exp(-x * x / 2) / sqrt(2 * pi) for x in steps]
        pd = [(1 + erf((level - slope * x) / sqrt(2))) / 2 for x in steps]
        return 0.001 * sum(p * w for p, w in zip(pd, phi, strict=True))

    base = load_scenario(ROOT / "scenarios/zhengzhou/baseline.yaml").banks["main"].rating
    other = load_scenario(ROOT / "scenarios/zhengzhou/optimised.yaml").banks["main"].rating
    assert base.slope == pytest.approx(0.6 * other.slope)
    assert mean_pd(base.level, base.slope) == pytest.approx(
        mean_pd(other.level, other.slope), rel=1e-3
    )
