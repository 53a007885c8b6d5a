"""Published facts: their bands follow from the published figures, their moments from counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from experiments.calibration.bands import BANDS, sector_rates
from sim.analysis.calibration import read_targets
from sim.analysis.calibration.moments import estimate
from sim.analysis.calibration.published import PUBLISHED, odds_by_term, variation
from sim.analysis.calibration.sample import sample
from sim.analysis.calibration.scoring import verdict_on
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario

TARGETS = Path(__file__).parents[2] / "data" / "calibration" / "targets.yaml"


@pytest.mark.parametrize("name", BANDS)
def test_the_band_in_the_file_is_the_one_that_the_data_give(name: str) -> None:
    target = next(one for one in read_targets(TARGETS).targets if one.name == name)
    low, high = BANDS[name]()
    assert (target.low, target.high) == (round(low, 2), round(high, 2))
    assert target.moment in PUBLISHED


def test_every_published_moment_has_a_target_and_a_band() -> None:
    used = {one.moment: one.name for one in read_targets(TARGETS).targets}
    assert {used[moment] for moment in PUBLISHED} == set(BANDS)


def test_figures_of_several_codes_are_averaged() -> None:
    rates = sector_rates()
    assert len(rates) == 20
    assert rates[8] == pytest.approx((19 + 16 + 14) / 3)  # manufacturing


def test_write_offs_of_the_third_year_of_age_stand_over_those_of_the_second() -> None:
    lost = np.zeros(37)
    lost[[12, 13, 24, 25, 36]] = [9.0, 1.0, 3.0, 2.0, 4.0]
    assert PUBLISHED["second_year"].value(lost) == pytest.approx(6.0 / 4.0)


def test_a_ratio_to_a_year_without_write_offs_is_not_a_number() -> None:
    lost = np.zeros(37)
    lost[30] = 2.0
    with np.errstate(divide="ignore"):
        value, error = estimate(np.stack([lost, lost]), PUBLISHED["second_year"].value)
    assert not np.isfinite([value, error]).any()


def test_odds_of_default_by_term_are_bad_over_good_of_long_and_short() -> None:
    # terms of 3, 6, 12, 24 and 36 months; 3 months are neither short nor long
    loans, bad = [50.0, 100.0, 200.0, 80.0, 40.0], [9.0, 5.0, 10.0, 8.0, 4.0]
    odds = (12.0 / 108.0) / (15.0 / 285.0)
    assert odds_by_term(np.array([*loans, *bad])) == pytest.approx(odds)


def test_what_few_loans_vary_by_chance_is_no_dispersion_of_cohorts() -> None:
    rng = np.random.default_rng(1)
    same = rng.binomial(400, 0.05, 4000)
    beta = rng.binomial(400, rng.beta(3.8, 72.2, 4000))  # mean .05, sd .0248

    def gathered(bad: np.ndarray) -> np.ndarray:
        class Cohorts:
            cohort = np.column_stack([np.full(bad.size, 400.0), bad])

        return PUBLISHED["cohort_dispersion"].gather(Cohorts()).mean(axis=0)  # type: ignore[arg-type]

    assert variation(gathered(same)) < 0.1
    assert variation(gathered(beta)) == pytest.approx(np.sqrt(0.95 / (0.05 * 77)), rel=0.1)


def test_a_sample_counts_what_the_tables_of_a_run_say() -> None:
    world = Scenario.model_validate(
        {"horizon": 36, "burn_in": {"months": 6}, "firms": {"count": 150, "volatility": 0.3}}
    )
    found, result = sample(world, [3, 4]), simulate(world, seeds=[3, 4])
    survival, months = result.survival, result.months
    for number, seed in enumerate((3, 4)):
        mine = survival[survival["seed"] == seed]
        assert found.lives[number, 0].sum() == mine["at_risk"].sum()
        assert found.lives[number, 1].sum() == mine["defaults"].sum() > 0
        long = mine[(mine["tenor"] == 36) & (mine["age"] == 7)]
        assert found.lives[number, 0, 4, 6] == long["at_risk"].sum()
        granted = months[(months["seed"] == seed) & (months["month"] <= 12)]["taken"].sum()
        assert found.cohort[number, 0] == granted > 0
    every = result.vintages[(result.vintages["granted"] <= 12) & (result.vintages["age"] <= 24)]
    assert found.cohort[:, 1].sum() == every["defaults"].sum() > 0


def test_whole_lives_are_counted_from_the_burn_in_on() -> None:
    world = Scenario.model_validate(
        {"horizon": 30, "burn_in": {"months": 30}, "firms": {"count": 150, "volatility": 0.3}}
    )
    found = sample(world, [3])
    simulation, granted, defaults, seen = Simulation(world, [3]), 0, 0, set[tuple[int, int]]()
    while simulation.month < 30:
        simulation.advance()
        loans, live = simulation.market.loans, simulation.market.live_at(0)
        for i in live[loans.granted[live] <= -10]:
            granted += loans.granted[i] == simulation.month
            loan = int(i), int(loans.granted[i])
            if loans.defaulted[i] and loan not in seen:
                defaults += 1
                seen.add(loan)
    assert found.whole[0, 0].sum() == granted > 0
    assert found.whole[0, 1].sum() == defaults > 0


def test_a_figure_that_the_seeds_leave_open_is_neither_in_nor_out() -> None:
    assert [verdict_on(value, 1.0, 2.0) for value in (1.0, 2.5, float("nan"))] == [
        "in", "out", "unknown",
    ]  # fmt: skip


def test_a_band_is_widened_by_two_standard_errors() -> None:
    assert [verdict_on(2.5, 1.0, 2.0, error) for error in (0.24, 0.26, float("nan"))] == [
        "out", "in", "out",
    ]  # fmt: skip
