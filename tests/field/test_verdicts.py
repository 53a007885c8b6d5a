"""The verdict follows from two intervals; a number follows from paired outcomes."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.analysis.experiments.field_blocks import Asked, Window
from sim.analysis.field.asking import answer, windowed
from sim.analysis.field.verdict import verdict_of

EFFECT = (25.0, 37.0)
HIGHER, LOWER = (0.0, inf), (-inf, 0.0)
NONE = (-1.0, 1.0)  # published: no effect


@pytest.mark.parametrize(
    ("found", "published", "verdict"),
    [
        ((28.0, 34.0), EFFECT, "agrees"),  # inside
        ((35.0, 41.0), EFFECT, "agrees"),  # overlaps on one side
        ((37.0, 40.0), EFFECT, "agrees"),  # touches
        ((38.0, 41.0), EFFECT, "disagrees"),
        ((-8.0, -2.0), EFFECT, "disagrees"),
        ((10.0, 50.0), EFFECT, "undecided"),  # too wide to tell
        ((-1.0, 11.0), (10.0, 30.0), "undecided"),  # may be no effect at all
        ((0.0, 0.0), (10.0, 30.0), "disagrees"),
        ((nan, nan), EFFECT, "undecided"),  # one seed
        ((2.0, 900.0), HIGHER, "agrees"),
        ((-2.0, 9.0), HIGHER, "undecided"),
        ((-9.0, -2.0), HIGHER, "disagrees"),
        ((0.0, 0.0), HIGHER, "undecided"),  # arms that do not differ
        ((-9.0, -2.0), LOWER, "agrees"),
        ((-0.5, 0.6), NONE, "agrees"),
        ((0.6, 1.5), NONE, "agrees"),
        ((-0.5, 2.5), NONE, "undecided"),
        ((1.1, 1.5), NONE, "disagrees"),
    ],
)
def test_verdicts_on_planted_intervals(
    found: tuple[float, float], published: tuple[float, float], verdict: str
) -> None:
    assert verdict_of(found, published, no_effect=0.0) == verdict
    mirrored = (-found[1], -found[0]), (-published[1], -published[0])
    assert verdict_of(*mirrored, no_effect=0.0) == verdict


def test_a_level_has_no_zero_effect() -> None:
    assert verdict_of((-1.0, 2.0), (-3.0, 0.5), no_effect=None) == "agrees"
    assert verdict_of((-1.0, 2.0), (0.5, 4.0), no_effect=None) == "agrees"
    assert verdict_of((-1.0, 2.0), (0.5, 4.0), no_effect=0.0) == "undecided"


BASE, OTHER = np.array([10.0, 12.0, 9.0, 11.0]), np.array([13.0, 15.5, 12.0, 14.0])
RATE, DEARER = np.array([0.07, 0.072, 0.069, 0.07]), np.array([0.08, 0.081, 0.079, 0.081])


@pytest.fixture
def runs() -> pd.DataFrame:
    arms = {"base": (BASE, RATE), "other": (OTHER, DEARER)}
    parts = [
        pd.DataFrame({"arm": arm, "seed": [1, 2, 3, 4], "lent": lent, "rate": rate})
        for arm, (lent, rate) in arms.items()
    ]
    alone = pd.DataFrame({"arm": ["other"], "seed": [5], "lent": [1e6], "rate": [9.0]})
    return pd.concat([*parts, alone])  # a seed that only one arm has counts for no comparison


def asked(how: str, **more: str) -> Asked:
    given = {"how": how, "metric": "lent", "other": "other", "base": "base"} | more
    return Asked.model_validate({key: value for key, value in given.items() if value})


def test_changes_and_ratios_are_of_means(runs: pd.DataFrame) -> None:
    ratio = OTHER.mean() / BASE.mean()
    found = answer(asked("ratio"), "ratio", runs)
    assert (found.value, found.n) == (pytest.approx(ratio), 4)
    change = answer(asked("change"), "%", runs)
    assert change.value == pytest.approx(100.0 * (ratio - 1.0))
    assert change.low == pytest.approx(100.0 * (found.low - 1.0))
    # both ends of Fieller's interval leave mean(other - R base) just undecided
    for end in (found.low, found.high):
        assert stats.ttest_1samp(OTHER - end * BASE, 0.0).pvalue == pytest.approx(0.05)


def test_a_difference_is_paired(runs: pd.DataFrame) -> None:
    found = answer(asked("difference"), "points", runs)
    apart = OTHER - BASE
    half = stats.t.ppf(0.975, 3) * apart.std(ddof=1) / 2.0
    assert found.value == pytest.approx(100.0 * apart.mean())
    assert (found.low, found.high) == pytest.approx(
        (100.0 * (apart.mean() - half), 100.0 * (apart.mean() + half))
    )


def test_a_level_is_of_one_arm(runs: pd.DataFrame) -> None:
    found = answer(asked("level", base=""), "months", runs)
    assert (found.value, found.n) == (pytest.approx(np.mean([*OTHER, 1e6])), 5)


def test_an_elasticity_is_the_slope_of_logarithms(runs: pd.DataFrame) -> None:
    steep = runs.assign(lent=3.0 * runs["rate"] ** -1.7)
    found = answer(asked("elasticity", price="rate"), "% per %", steep)
    assert (found.value, found.low, found.high) == pytest.approx((-1.7, -1.7, -1.7))
    nothing = steep.assign(lent=steep["lent"].where(steep["seed"] != 1, 0.0))
    found = answer(asked("elasticity", price="rate"), "% per %", nothing)
    assert (found.value, found.n) == (pytest.approx(-1.7), 3)


def test_few_seeds_give_no_interval_and_say_why(runs: pd.DataFrame) -> None:
    one = runs[runs["seed"] == 1]
    for question in (asked("change"), asked("difference"), asked("level", base="")):
        found = answer(question, "%", one)
        assert np.isnan([found.low, found.high]).all()
        assert "fewer than two seeds" in found.why


def test_a_window_sums_months_before_it_divides() -> None:
    months = pd.DataFrame(
        {
            "arm": "base", "seed": 1, "month": [1, 2, 3, 4],
            "alarms": [1.0, 3.0, 8.0, 4.0], "loans": [10.0, 30.0, 20.0, 20.0],
        }
    )  # fmt: skip
    late = {"of": "alarms", "per": "loans", "months": [3, 4]}
    assert windowed(months, Window.model_validate(late)).item() == 12 / 40
    assert windowed(months, Window.model_validate(late | {"over": [1, 2]})).item() == (
        pytest.approx((12 / 40) / (4 / 40))
    )
    assert windowed(months, Window.model_validate({"of": "loans", "months": [2, 4]})).item() == 70
