"""Other strengths, prices and worlds than those assumed: equal money, and the open space."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.claiming import claims_of
from sim.analysis.study.conduct import conduct
from sim.analysis.study.equal_money import strength_for
from sim.analysis.study.findings import Findings
from sim.analysis.study.open_space import mapped_claims, points_of, regime_plan
from sim.apps.results_text import text_of_study
from sim.core.described import describe
from sim.runs.plan import Plan
from sim.scenario.loading import load_scenario
from sim.scenario.schema import FAMILIES
from sim.scenario.strength import strengthened, with_higher_prices
from tests.studies.ledgers import MONTHS, STUDY, write_study
from tests.studies.recorded import Recorded
from tests.studies.stored import stored

KINDS = Path(__file__).parents[2] / "scenarios" / "baseline.yaml"  # states every kind
WIDE = STUDY.replace(
    "claims:",
    "equal_money: {money: 0.5, spread: 0.0, draws: 2, seeds: 2}\n"
    "regimes:\n  points: 16\n  seeds: 2\n  quantities:\n"
    "    strength: {low: 0.0, high: 2.0}\n    economy.funding_rate: {low: 0.0, high: 0.1}\n"
    "claims:\n"
    "  mostly: {kind: regime, column: down, at_least: 0.1}",
)


def linear(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Books in which visits cost 40 and save .02 per unit, prices cost 10 and save .03.

    Where funding is dearer than 5 % a year, measures raise default instead of lowering it.
    """
    runs, months = [], []
    for arm, scenario in plan.arms.items():
        bank, dear = scenario.banks["main"], scenario.economy.funding_rate > 0.05  # type: ignore[attr-defined]
        visits = bank.monitoring.monthly - 0.08
        price = bank.pricing.sensitivity - 0.2
        second = bank.approval.review_precision
        gain = 0.02 * visits + 0.03 * price + 0.001 * second
        for seed in plan.seeds:
            common = 1e-3 * np.random.default_rng(seed).normal()
            own = 1e-6 * np.random.default_rng([seed, 5]).normal() * (gain != 0)
            rate = 0.05 + common + own + (gain if dear else -gain)
            cost = 100 + 40 * visits + 10 * price + 20 * second
            runs.append(
                {"arm": arm, "seed": seed, "bank": "main", "default_rate": rate, "profit": -cost}
                | {"cost": cost, "defaults": rate}
            )
            months += [
                {"arm": arm, "seed": seed, "bank": "main", "month": month, "npl_ratio": rate}
                | {"profit_before_tax": 4.0, "tax": 1.0}
                for month in (1, MONTHS)
            ]
    return pd.DataFrame(runs), pd.DataFrame(months)


@pytest.mark.parametrize(
    ("cost", "strength"),
    [
        ([0, 5, 10, 15], 1.0),
        ([0, 20, 30, 40], 0.25),
        ([0, 8, 8, 12], 1.25),  # 10 lies half-way between 8 and 12
        ([0, 1, 2, 3], 1.5),  # cannot spend it
        ([0, -5, 15, 30], 0.875),  # saves at first: 15 of 20 on the way from .5 to 1
    ],
)
def test_the_strength_that_spends_ten_is_found_on_straight_lines(
    cost: list[float], strength: float
) -> None:
    assert strength_for(10.0, cost) == pytest.approx(strength)


def test_levers_of_another_strength_stay_within_their_bounds() -> None:
    base = load_scenario(KINDS).model_dump(mode="json")
    keys = {
        "banks.main.monitoring.monthly": 0.33,  # from .08
        "banks.main.approval.override": 0.05,  # from .15, at least 0
        "banks.main.monitoring.response_lag": 1,  # from 3, whole months
        "banks.main.staffing.trained": True,
        "banks.main.rating.squared_weights": [0.3, 0.3, 0.2, 0.1, 0.1],
    }
    half = strengthened(base, keys, 0.5)
    assert half["banks.main.monitoring.monthly"] == pytest.approx(0.205)
    assert half["banks.main.approval.override"] == pytest.approx(0.10)
    assert half["banks.main.monitoring.response_lag"] == 2
    assert half["banks.main.staffing.trained"] is True
    assert half["banks.main.rating.squared_weights"] == pytest.approx([0.3, 0.3, 0.175, 0.125, 0.1])
    double = strengthened(base, keys, 2.0)
    assert double["banks.main.approval.override"] == 0.0
    assert double["banks.main.monitoring.monthly"] == pytest.approx(0.58)
    assert sum(double["banks.main.rating.squared_weights"]) == pytest.approx(1.0)
    load_scenario(KINDS).with_(double)  # accepted by the schema


def describe_policies() -> Iterator[tuple[tuple[str, str, str], str]]:
    for family, members in FAMILIES.items():
        for kind, member in members.members.items():
            for one in describe(member):
                yield (family, kind, one.key), one.no_lever


def test_higher_prices_are_every_declared_price_and_nothing_else() -> None:
    world = load_scenario(KINDS)
    keys = with_higher_prices(world, 2.0)
    bank = world.banks["main"]
    assert keys["banks.main.monitoring.inspection_cost"] == 2.0 * bank.monitoring.inspection_cost
    assert keys["banks.main.screening.site_visit.cost"] == 2.0 * bank.screening.site_visit.cost
    assert keys["banks.main.staffing.salary"] == 2.0 * bank.staffing.salary
    assert "banks.main.staffing.bonus" not in keys  # officers choose by it: a lever
    families = dict(describe_policies())
    for key in keys:
        family, _, name = key.removeprefix("banks.main.").partition(".")
        kind = getattr(world.banks["main"], family).kind
        assert families[family, kind, name] == "price"
    twice = world.with_(keys)
    assert twice.banks["main"].monitoring.monthly == world.banks["main"].monitoring.monthly


class Found(NamedTuple):
    """The study carried out in full, and its plan."""

    findings: Findings
    plan: Plan


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    recorded = Recorded(linear)
    study = load_study(write_study(tmp_path_factory.mktemp("wide"), WIDE))
    return Found(conduct(study, recorded, seeds=4), recorded.plans[""])


def test_equal_money_ranks_by_what_a_sum_buys_and_not_by_what_is_spent(found: Found) -> None:
    table = found.findings.equal_money
    assert table is not None
    first = table.set_index("arm")
    # a half of 100 is more than visits (8.8 at 1) and prices (7) can spend even at 1.5, and a
    # second review reaches 50 at 1.25 of its 40, for .0025
    assert first.loc["approval", "strength"] == pytest.approx(1.25, abs=1e-3)
    assert first.loc["approval", "spent"] == pytest.approx(50.0, rel=1e-3)
    assert first.loc["approval", "default_rate"] == pytest.approx(-0.0025, abs=1e-5)
    assert first.loc["pricing", "capped"] == 1.0
    assert first.loc["pricing", "default_rate"] == pytest.approx(-0.03 * 0.7 * 1.5, abs=1e-5)
    assert first.loc["pricing", "probability"] == 1.0


@pytest.mark.thorough
def test_a_map_finds_the_quantity_that_turns_a_claim(found: Found, tmp_path: Path) -> None:
    findings, plan = found
    table, design = findings.regimes, findings.design
    assert table is not None
    assert design is not None
    down = table.set_index("claim").loc["down"]
    cheap = (design["economy.funding_rate"] <= 0.05).mean()
    assert down["share"] == pytest.approx(cheap) == pytest.approx(0.5, abs=0.07)
    assert "economy.funding_rate" in (down["first"], down["second"])
    assert list(table["claim"]) == ["down", "up", "pair", "first"]  # all but the one about points
    shares = table.set_index("claim")["share"]
    # visits save .02 x .22, prices .03 x .7, a second review .001 x 2, each times its strength, so
    # care after the loan is never first among the parts
    assert shares["first"] == 0.0
    assert set(findings.regime_maps["claim"]) == set(table["claim"])  # type: ignore[index]
    shown = text_of_study(stored(findings, plan, tmp_path / "out"), 100)
    assert "Ranking of measures at equal cost" in shown
    assert "Share of design points at which each claim holds" in shown
    verdicts = findings.verdicts
    assert verdicts is not None
    assert verdicts.set_index("claim").loc["mostly", "verdict"] == "supported"


def test_a_first_look_runs_no_other_numbers_and_says_nothing_of_regimes(tmp_path: Path) -> None:
    findings = conduct(load_study(write_study(tmp_path, WIDE)), linear, quick=True)
    assert findings.equal_money is None
    assert findings.regimes is None
    assert findings.verdicts is not None
    assert "mostly" not in set(findings.verdicts["claim"])


def test_every_point_is_a_world_of_its_own_with_the_arms_that_claims_compare(
    tmp_path: Path,
) -> None:
    study = load_study(write_study(tmp_path, WIDE))
    wish = study.content.regimes
    assert wish is not None
    claims = claims_of(study)
    plan = regime_plan(study, wish, claims)
    assert set(mapped_claims(claims)) == {"down", "up", "pair", "first"}
    # base, package, each of three measures alone and left out; "price + visits" is one of these
    assert len(plan.arms) == 16 * 8
    for number, point in enumerate(points_of(wish), start=1):
        world = plan.arms[f"visits #{number}"]
        assert world.economy.funding_rate == point["economy.funding_rate"]  # type: ignore[attr-defined]
        expected = 0.08 + point["strength"] * (0.3 - 0.08)
        found = world.banks["main"].monitoring.monthly  # type: ignore[attr-defined]
        assert found == pytest.approx(expected)
