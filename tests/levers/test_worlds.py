"""The worlds of scenarios/: each is read, runs with books that balance, and is what it says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.credit.schedule import Schedule
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario
from sim.state.loans import Security
from sim.state.market import NEVER

FOLDER = Path(__file__).parents[2] / "scenarios"
WORLDS = sorted(FOLDER.glob("*.yaml"))
OWN = [
    "calm", "depression", "era_2018", "era_2023", "era_2025", "growth_push",
    "no_information_problem", "renewals", "two_banks",
]  # fmt: skip
SEEDS = [11, 12]
MANY = (1, 2, 3, 4, 5, 6, 7, 8)  # for an AUC, which moves by .1 from seed to seed at 1,000 firms


def world(name: str, **settings: Any) -> Scenario:
    """Return a world of this folder with settings by dotted key, `__` for the dot."""
    keys = {key.replace("__", "."): value for key, value in settings.items()}
    return load_scenario(FOLDER / f"{name}.yaml", set=keys)


@cache
def mean(name: str, firms: int = 1000, seeds: tuple[int, ...] = tuple(SEEDS)) -> pd.Series:
    """Return the metrics of a world's bank `main`, mean over seeds."""
    summary = simulate(world(name, firms__count=firms), seeds=list(seeds)).summary
    return summary[summary["bank"] == "main"].drop(columns=["seed", "bank"]).mean()


def test_the_worlds_are_there() -> None:
    assert set(OWN) <= {path.stem for path in WORLDS}


@pytest.mark.parametrize("path", WORLDS, ids=lambda path: path.stem)
def test_it_says_why_and_runs_with_books_that_balance(path: Path) -> None:
    scenario = load_scenario(path, set={"firms.count": 200, "horizon": 8, "burn_in.months": 14})
    assert len(scenario.why) > 20
    months = simulate(scenario, seeds=SEEDS).months  # holds the books to balance each month
    assert len(months) == 8 * len(SEEDS) * len(scenario.banks)
    assert np.isfinite(months.drop(columns=["bank", "npl_ratio"]).to_numpy(float)).all()
    assert (months.groupby("bank")["disbursed"].sum() > 0).all()


@pytest.mark.parametrize("name", OWN)
def test_it_is_a_short_file_on_top_of_the_base_case(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text()
    assert "extends: baseline.yaml" in text
    assert 5 <= len(text.splitlines()) <= 50


# R: rates of new loans to small and micro firms in 2018 and 2023
@pytest.mark.parametrize(
    ("name", "rate"),
    [
        ("era_2018", 0.0740),
        ("era_2023", 0.0478),
        pytest.param("era_2025", 0.0348, marks=pytest.mark.thorough),
    ],
)
def test_an_era_lends_at_its_rate(name: str, rate: float) -> None:
    assert mean(name, 3000)["mean_rate"] == pytest.approx(rate, abs=0.0025)


def test_the_rates_of_2023_take_the_margin_away() -> None:
    old, new = mean("era_2018", 3000), mean("era_2023", 3000)
    assert new["net_interest_margin"] < old["net_interest_margin"] - 0.02
    assert new["roe"] < old["roe"] - 0.05


def test_a_depression_is_worse_than_calm() -> None:
    assert mean("depression")["default_rate"] > mean("calm")["default_rate"]
    assert mean("depression")["profit"] < mean("calm")["profit"]


def test_collateral_loses_a_fifth_when_the_depression_begins() -> None:
    worth = {}
    for name in ("calm", "depression"):
        scenario = world(name, firms__count=200, horizon=2, burn_in__months=14)
        simulation = Simulation(scenario, SEEDS)
        while simulation.month < 1:
            simulation.advance()
        old = simulation.market.live[simulation.market.loans.granted[simulation.market.live] < 1]
        worth[name] = simulation.market.loans.collateral[old].sum()
    # beyond the shock, the common factor's fall by one moves values by .08 more
    assert worth["depression"] / worth["calm"] == pytest.approx(0.8 * np.exp(-0.08), rel=0.01)


def test_a_growth_push_presses_officers() -> None:
    # enough firms for a team: of two officers, the diligence of one who is hired decides
    pressed = world("growth_push", firms__count=2000, horizon=12)
    usual = pressed.with_({"banks.main.growth_target": 0.10})
    more, less = (simulate(one, seeds=SEEDS) for one in (pressed, usual))
    assert more.months["pressure"].sum() > less.months["pressure"].sum()
    assert more.summary["effort"].mean() < less.summary["effort"].mean()


def test_without_an_information_problem_nobody_lies_or_diverts_and_estimates_are_better() -> None:
    open_eyes, base = (mean(name, seeds=MANY) for name in ("no_information_problem", "calm"))
    assert open_eyes["diverting_share"] == 0.0
    assert open_eyes["falsified_booked"] == 0.0
    assert open_eyes["auc"] > base["auc"] + 0.05
    assert open_eyes["default_rate"] < base["default_rate"]


def test_two_banks_compete_for_the_same_firms() -> None:
    simulation = Simulation(world("two_banks", firms__count=500, horizon=12), SEEDS).run()
    market = simulation.market
    met = np.array([market.file_of(bank).known_since != NEVER for bank in (0, 1)])
    assert met.all(axis=0).sum() > 100, "hardly a firm has asked both"
    lenders = market.loans.lender[market.live]
    assert {0, 1} <= set(lenders.tolist())


def test_the_loose_bank_lends_to_more_and_loses_more() -> None:
    result = simulate(world("two_banks", firms__count=1000), seeds=SEEDS)
    by_bank = result.summary.groupby("bank").mean(numeric_only=True)
    careful, loose = by_bank.loc["main"], by_bank.loc["loose"]
    asked = result.months.groupby("bank")["applications"].sum()
    assert asked["main"] > 0.3 * asked.sum()
    assert asked["loose"] > 0.3 * asked.sum()
    assert loose["approval_rate"] > careful["approval_rate"] + 0.1
    assert loose["default_rate"] > careful["default_rate"]
    assert careful["auc"] > loose["auc"]


def test_a_bank_that_takes_what_firms_have_reaches_those_without_land() -> None:
    land, all_kinds = mean("property_only"), mean("new_collateral")
    assert all_kinds["approval_rate"] > land["approval_rate"] + 0.1
    assert all_kinds["good_financed"] > land["good_financed"] + 0.03
    # what those bring who own no land, and their guarantors, keep losses where they were
    assert abs(all_kinds["realised_lgd"] - land["realised_lgd"]) < 0.1


def test_a_bank_with_late_customers_lends_against_invoices_where_it_may() -> None:
    for name, may in (("late_customers", False), ("against_invoices", True)):
        market = Simulation(world(name, firms__count=500, horizon=6), SEEDS).run().market
        live, loans = market.live_at(0), market.loans
        new = live[loans.granted[live] >= 1]
        against = loans.schedule[new] == Schedule.RECEIVABLES
        assert against.any() == may
        assert (loans.security[new][against] == Security.INVOICES).all()
        assert (market.firms.paid_after[new][against] == 3).all()
        assert np.mean(market.firms.paid_after > 0) == pytest.approx(0.4, abs=0.07)


def test_a_rival_bank_takes_customers() -> None:
    alone = world("two_banks", firms__count=1000, horizon=24)
    without = Scenario.model_validate(
        alone.model_dump()
        | {
            "banks": {"main": alone.banks["main"].model_dump()},
            "burn_in": {"months": 36, "economy": alone.burn_in.economy.model_dump()},
        }
    )
    shared, own = simulate(alone, seeds=SEEDS).summary, simulate(without, seeds=SEEDS).summary
    of_main = shared[shared["bank"] == "main"]["loans_granted"].sum()
    assert of_main < 0.8 * own["loans_granted"].sum()
