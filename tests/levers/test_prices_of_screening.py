"""What a reading of an applicant costs: more precision takes more money and hours."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.policies.screening.base import ScreeningStep
from sim.policies.screening.investigation import Investigation
from sim.scenario.loading import load_scenario
from sim.scenario.varying import varied

SIGNALS = ["statements", "bureau", "site_visit", "owner_visit", "partners"]


def step_of(name: str, **keys: float) -> ScreeningStep:
    policy = Investigation.model_validate({"kind": "investigation", name: keys})
    return next(step for step in policy.steps() if step.name == name)


def test_a_third_more_precision_takes_a_third_more_money_and_time_at_the_desk() -> None:
    usual, better = step_of("statements"), step_of("statements", precision=4.0)
    assert (usual.precision, usual.cost, usual.hours, usual.days) == (3.0, 300.0, 2.0, 2.0)
    assert better.cost == pytest.approx(400.0)
    assert better.hours == pytest.approx(2.0 + 2.0 / 3.0)
    assert better.days == usual.days


@pytest.mark.parametrize("name", SIGNALS)
def test_two_readings_cost_what_one_of_their_joint_precision_does(name: str) -> None:
    # 1/v' = 1/v + tau: precisions of independent readings add up, and so must their prices
    one, two = step_of(name, precision=1.5), step_of(name, precision=3.0)
    assert one.cost > 0.0
    assert two.cost == pytest.approx(2.0 * one.cost)
    assert two.hours == pytest.approx(2.0 * one.hours)


def test_two_looks_for_lies_cost_twice_what_one_does() -> None:
    one = step_of("cross_check", detection=0.25)
    two = step_of("cross_check", detection=1.0 - 0.75**2)
    assert (one.cost, one.hours) == (200.0, 1.0)
    assert two.cost == pytest.approx(400.0)
    assert two.hours == pytest.approx(2.0)
    # ln .40 / ln .75 = 3.185 looks
    assert step_of("cross_check", detection=0.60).cost == pytest.approx(637.0, abs=0.1)


def test_certainty_has_a_price() -> None:
    sure = step_of("cross_check", detection=1.0)
    assert sure.precision == 1.0
    assert sure.cost == pytest.approx(step_of("cross_check", detection=0.99).cost)


@pytest.mark.parametrize("name", [*SIGNALS, "cross_check"])
def test_naming_one_key_of_a_signal_leaves_the_others_as_usual(name: str, tmp_path: Path) -> None:
    lever = "detection" if name == "cross_check" else "precision"
    file = tmp_path / "world.yaml"
    file.write_text(
        f"banks: {{main: {{screening: {{kind: investigation, {name}: {{{lever}: 0.5}}}}}}}}\n"
    )
    stated = getattr(load_scenario(file).banks["main"].screening, name)
    usual = getattr(Investigation(), name)
    assert stated == varied(usual, {lever: 0.5})
    assert stated.cost == usual.cost > 0.0
