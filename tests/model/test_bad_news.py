"""Bad news: officers are silent about loans that they made, until a rotation comes near."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model import bad_news
from sim.model.bank import BankAtWork
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.world.conduct import Labour
from tests.model.worlds import advanced, scenario

MONTHS = 48
ROTATION = 24
CHOICE: dict[str, Any] = {"chooses": True, "scruple": 5.0, "scruple_log_sd": 1.0}


def world(blame: float, rotation: int = ROTATION, **monitoring: Any) -> Simulation:
    care = {"kind": "care", "monthly": 0.5, "precision": 1.5, "accounts": 0.0, "response_lag": 1}
    bank = {
        "monitoring": care | {"proceeds_check": 0.0} | monitoring,
        "staffing": {
            "kind": "officers", "officers": 6, "rotation_months": rotation, "turnover_monthly": 0.0,
        },
        "approval": {"kind": "all"},
    }  # fmt: skip
    choice = CHOICE | {"blame": blame}
    return Simulation(
        scenario(
            bank, horizon=MONTHS, burn_in={"months": 0}, economy={"labour": {"choice": choice}},
            firms={
                "count": 500, "volatility": 0.2, "demand": {"need_monthly": 0.3},
                "temptation": {"omega": 30.0},
            },
        ),
        [1, 2],
    )  # fmt: skip


def months(blame: float, rotation: int = ROTATION, **monitoring: Any) -> Any:
    run = advanced(world(blame, rotation, **monitoring), MONTHS)
    return result_of(run.market, run.recorder).months


def test_where_reports_cost_nothing_all_is_reported() -> None:
    page = months(0.0)
    assert page["unreported"].sum() == 0
    assert page["alarms"].sum() > 500


def test_silence_keeps_warnings_back_and_proofs_with_them() -> None:
    told, kept = months(0.0, rotation=0), months(1e6, rotation=0)
    assert kept["unreported"].sum() > 1_000
    assert kept["alarms"].sum() < 0.1 * told["alarms"].sum()
    assert kept["caught"].sum() < 0.1 * told["caught"].sum()


def test_bad_news_comes_before_a_rotation() -> None:
    """Hertzberg, Liberti & Paravisini 2010: in the year before, and most near its end."""
    early, late, last = {}, {}, {}
    for blame in (0.0, 12.0):
        page = months(blame)
        page = page[page["month"] <= ROTATION].groupby("month")[["alarms", "loans"]].sum()
        rate = page["alarms"] / page["loans"]
        early[blame], late[blame] = rate.loc[5:12].mean(), rate.loc[13:24].mean()
        last[blame] = rate.loc[19:24].mean()
    assert late[12.0] / late[0.0] > 1.5 * early[12.0] / early[0.0] > 0.0
    assert last[12.0] > late[12.0]


def test_what_will_be_told_in_time_is_feared() -> None:
    """A successor tells what was kept back, so a rotation that is near keeps borrowers honest."""
    feared = {}
    for rotation in (0, 3):
        run = advanced(world(1e6, rotation), 24)
        books = run.market.books
        feared[rotation] = books.proof_chances[0] / books.loan_months[0]
    assert feared[0] < 0.001 < 0.01 < feared[3]


def test_foresight_decides_how_early_it_comes() -> None:
    early, late = world(12.0), world(12.0)
    late = Simulation(late.scenario.with_({"economy.labour.choice.foresight": 3.0}), [1, 2])
    pages = [
        result_of(run.market, run.recorder).months
        for run in (advanced(one, ROTATION - 4) for one in (early, late))
    ]
    kept = [page.loc[page["month"] == ROTATION - 4, "unreported"].sum() for page in pages]
    assert kept[1] > 1.2 * kept[0] > 0


def test_what_was_kept_is_told_at_the_latest_by_a_successor() -> None:
    market = advanced(world(1e6), ROTATION - 1).market
    live = market.live_at(0)
    assert (market.loans.unreported[live] > 0).sum() > 10
    later = advanced(world(1e6), ROTATION + 1).market
    live = later.live_at(0)
    old = later.loans.granted[live] <= ROTATION
    assert not later.loans.unreported[live[old]].any()


def test_who_is_silent_and_what_is_kept() -> None:
    simulation = advanced(world(1.0), 10)
    market, (bank,) = simulation.market, simulation.after
    assert isinstance(bank, BankAtWork)
    live = market.live_at(0)
    blame = 6.0
    labour = Labour.model_validate({"choice": CHOICE | {"blame": blame, "foresight": 28.0}})
    found = bad_news.silent(bank, market, live, labour)
    seats = market.officer_rows(live, 0, market.loans.seat[live])
    chi = np.exp(_quantile(market.officers.integrity[seats])) * 5.0
    stays = 14.0 / 28.0  # from month 10 to month 24
    quiet = ~market.loans.founded[live]
    np.testing.assert_array_equal(found, quiet & (blame * stays > chi))
    assert 0 < found.sum() < live.size
    place = np.arange(live.size)
    alarmed, trouble, times = place % 3 < 2, place % 3 == 0, (place % 6 == 0).astype(int)
    before = place % 5
    market.tables.loans.unreported[live] = before
    news = bad_news.reported(market, live, alarmed, trouble, times, found)
    known, seen = alarmed | (before > 0), trouble | (before > 1)
    looks = np.maximum(before - 2, 0) + times
    np.testing.assert_array_equal(news.alarmed, known & ~found)
    np.testing.assert_array_equal(news.trouble, seen & ~found)
    np.testing.assert_array_equal(news.times, np.where(found, 0, looks))
    np.testing.assert_array_equal(news.kept, np.where(found & known, 1 + seen + looks, 0))


def _quantile(rank: Any) -> Any:
    from scipy.special import ndtri

    return ndtri(rank)


@pytest.mark.parametrize("month", [1, 23, 24, 25])
def test_months_at_the_desk_end_with_the_rotation(month: int) -> None:
    (bank,) = world(1.0).after
    assert bank.policy.staffing.months_at_desk(month) == {1: 23, 23: 1, 24: 0, 25: 23}[month]
    (bank,) = world(1.0, rotation=0).after
    assert bank.policy.staffing.months_at_desk(month) >= 1e6
