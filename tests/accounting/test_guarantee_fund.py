"""The guarantee fund: it bears its share of what is lost until its fees are used up, five times."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario

SHARE = 0.4
SOLD = {"kind": "sale", "months": 3, "price": 0.25}
KEPT = {"kind": "write_off", "months": 3}


def scenario(workout: dict[str, Any], **collateral: float) -> Scenario:
    return Scenario.model_validate(
        {
            "horizon": 30,
            "burn_in": {"months": 0},
            "firms": {"count": 200, "volatility": 0.35, "demand": {"need_monthly": 0.2}},
            "banks": {
                "main": {
                    "approval": {"kind": "all"},
                    "collateral": {"kind": "pledge", "fund_share": SHARE} | collateral,
                    "workout": workout,
                }
            },
        }
    )


def simulated(workout: dict[str, Any], **collateral: float) -> pd.DataFrame:
    """Return the months of two seeds; the books are held to balance in each."""
    months = simulate(scenario(workout, **collateral), seeds=[1, 2]).months
    return months.set_index(["seed", "month"])[
        ["fund_fees", "claimed", "fund_receipts", "written_off", "sold", "sale_price"]
    ]


def so_far(months: pd.DataFrame) -> pd.DataFrame:
    return months.groupby("seed").cumsum()


@pytest.mark.parametrize("workout", [KEPT, SOLD], ids=["kept", "sold"])
@pytest.mark.parametrize("cap", [0.0, 2.0, 5.0])
def test_claims_never_exceed_the_cap_times_fees(workout: dict[str, Any], cap: float) -> None:
    paid = so_far(simulated(workout, fund_cap=cap))
    assert (paid["claimed"] <= cap * paid["fund_fees"] + 0.01).all()
    assert (paid["fund_receipts"] <= paid["claimed"] + 0.01).all()
    later = paid[paid.index.get_level_values("month") > 12]
    binds = later["claimed"] >= 0.95 * cap * later["fund_fees"]
    assert binds.groupby("seed").any().all(), "the cap never binds"


@pytest.mark.parametrize("workout", [KEPT, SOLD], ids=["kept", "sold"])
def test_below_the_cap_the_fund_bears_its_share(workout: dict[str, Any]) -> None:
    months = simulated(workout, fund_cap=1e6)
    lost = months["written_off"] + months["sold"] - months["sale_price"]
    assert lost.sum() > 1e6
    pd.testing.assert_series_equal(months["claimed"], SHARE * lost, check_names=False)


def test_the_usual_cap_is_five() -> None:
    usual, five = simulated(KEPT), simulated(KEPT, fund_cap=5.0)
    pd.testing.assert_frame_equal(usual, five, check_exact=True)
    assert usual["claimed"].sum() < simulated(KEPT, fund_cap=6.0)["claimed"].sum()


def test_what_is_claimed_is_received_or_still_owed() -> None:
    simulation = Simulation(scenario(KEPT), [1]).run()
    books = simulation.market.books
    receipts = simulation.recorder.column("fund_receipts")[:, 0].sum()
    assert books.fund_claims_so_far[0] > 0
    assert books.fund_claims[0] == pytest.approx(books.fund_claims_so_far[0] - receipts)
