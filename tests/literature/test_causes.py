"""A cause's weight is the share of the default rate that vanishes without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.causes import OFF, causes, causes_page
from sim.core.errors import RequestError
from sim.model.simulate import simulate
from sim.scenario.loading import load_scenario

BASE_CASE = Path(__file__).parents[2] / "scenarios" / "baseline.yaml"
SMALL = {"firms.count": 800, "horizon": 12, "burn_in.months": 18}
SEEDS = (1, 2, 3, 4, 5, 6)


def test_shares_are_of_the_default_rate_on_common_seeds() -> None:
    small = load_scenario(BASE_CASE, set=SMALL)
    off = {
        "nothing": {"firms.temptation.omega": small.firms.temptation.omega},
        "moral hazard": OFF["moral hazard"],
    }
    table = causes(small, SEEDS, off, workers=0).set_index("cause")
    assert table.loc["nothing", "share"] == 0.0
    assert table.loc["nothing", "low"] == table.loc["nothing", "high"] == 0.0

    # by hand: firms' parameters hold in the burn-in too
    honest = load_scenario(BASE_CASE, set=SMALL | OFF["moral hazard"])
    before = simulate(small, seeds=SEEDS)
    rate = before.summary["default_rate"].mean()
    rest = simulate(honest, seeds=SEEDS).summary["default_rate"].mean()
    share = 1.0 - rest / rate
    assert table.loc["moral hazard", "share"] == pytest.approx(share, rel=1e-9)
    assert table.loc["moral hazard", "low"] <= share <= table.loc["moral hazard", "high"]
    tagged = before.months["defaults_diverting"].sum()
    every = before.months["defaults"].sum()
    assert table.loc["moral hazard", "tagged"] == pytest.approx(tagged / every, rel=1e-9)
    assert "do not add up" in " ".join(causes_page(table.reset_index()).split())


def test_a_policy_is_switched_off_in_the_burn_in_too() -> None:
    small = load_scenario(BASE_CASE, set=SMALL | {"horizon": 6})
    off = {"product misfit": OFF["product misfit"]}
    only_later = load_scenario(
        BASE_CASE, set=SMALL | {"horizon": 6, "banks.main.products.fit": 1.0}
    )
    throughout = load_scenario(
        BASE_CASE,
        set=SMALL
        | {"horizon": 6, "banks.main.products.fit": 1.0, "burn_in.banks.main.products.fit": 1.0},
    )
    seeds = range(1, 5)
    table = causes(small, seeds, off, workers=0)
    found = table["off"][0]
    rates = [simulate(one, seeds=seeds).summary["default_rate"].mean()
             for one in (only_later, throughout)]  # fmt: skip
    assert rates[0] != rates[1]  # so the next line can tell them apart
    assert found == pytest.approx(rates[1], rel=1e-12)


def test_every_cause_can_be_switched_off_in_the_base_case() -> None:
    small = load_scenario(BASE_CASE, set={"firms.count": 60, "horizon": 2, "burn_in.months": 6})
    table = causes(small, (1, 2), workers=0)
    assert list(table["cause"]) == list(OFF)
    assert all(table["meaning"])


def test_one_seed_gives_no_interval() -> None:
    with pytest.raises(RequestError, match="at least 2 seeds"):
        causes(load_scenario(BASE_CASE), (1,), workers=0)
