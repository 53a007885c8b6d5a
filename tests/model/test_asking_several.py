"""Firms that ask several banks at once: the books, the order, the luck, and who is asked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.model.result import Result
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.loading import load_scenario
from sim.scenario.schema import FirmParams, Scenario
from sim.state.market import NO_LENDER
from tests.accounting.audit import Auditor
from tests.model.hurry import BUSY, SLOW, asking
from tests.model.worlds import ROUNDS, bundle, differing, of_seed, scenario

SEEDS = [3, 4]
WORLDS = {
    "two at once": scenario({}, {}, firms=asking(2)),
    "one of them slow": scenario({}, SLOW, firms=asking(2, 0.0003)),
    "three, two asked": scenario({}, SLOW, {}, firms=asking(2, 0.0001)),
    "one asked, in a hurry": scenario({}, SLOW, firms=asking(1, 0.0005)),
} | {f"members {turn}": scenario(bundle(turn), bundle(turn + 1), firms=asking(2, 0.0002))
     for turn in range(ROUNDS)}  # fmt: skip
LATER = {f"members {turn}" for turn in range(1, ROUNDS)}
every_world = pytest.mark.parametrize(
    "name",
    [pytest.param(one, marks=pytest.mark.thorough if one in LATER else ()) for one in WORLDS],
)


@cache
def simulated(name: str, detail: bool = False) -> Result:
    return simulate(WORLDS[name], seeds=SEEDS, detail=detail)


@every_world
def test_books_requests_and_money_are_in_order(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Auditor(monkeypatch).follow(Simulation(WORLDS[name], SEEDS))


@every_world
def test_a_seed_alone_is_the_same_as_beside_others(name: str) -> None:
    together = Simulation(WORLDS[name], [8, 3]).run().market
    alone = Simulation(WORLDS[name], [3]).run().market
    assert differing(alone, 0, together, 1) == []


@every_world
def test_asking_for_the_detail_changes_no_number_and_tells_the_same(name: str) -> None:
    plain, text = simulated(name), simulated(name, detail=True)
    pd.testing.assert_frame_equal(plain.months, text.months)
    assert text.loans is not None
    held = {
        "applications": text.loans["applied"] >= 1,
        "walked_away": text.loans["decision"] == "walked away",
        "withdrawn": text.loans["decision"] == "withdrawn",
        "approved": text.loans["decision"] == "approved",
        "taken": (text.loans["answer"] == "taken") & (text.loans["granted"] >= 1),
        "lost_to_rival": text.loans["answer"] == "lost to a rival",
        "lost_to_bank": text.loans["answer"] == "lost to another bank",
    }
    for column, mask in held.items():
        expected = plain.months.groupby(["bank", "seed"])[column].sum()
        rows = text.loans[mask.fillna(False).astype(bool)]
        found = rows.groupby(["bank", "seed"]).size().reindex(expected.index, fill_value=0)
        assert found.tolist() == expected.tolist(), column


def test_every_way_out_is_taken_in_some_world() -> None:
    total = sum(simulated(name).months.select_dtypes("number").sum() for name in WORLDS)
    for column in ("withdrawn", "lost_to_bank", "lost_to_rival", "walked_away", "taken"):
        assert total[column] > 0, column


def everybody_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send firms that ask one bank, and lose nothing by waiting, through the general way."""
    monkeypatch.setattr(FirmParams, "choose", True)


@pytest.mark.parametrize("banks", [1, 3])
def test_one_bank_asked_and_no_hurry_is_the_usual_market(
    banks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The general way and the quick one are two programs for one thing: same bits."""
    world = scenario(*[bundle(turn) for turn in range(banks)], firms=BUSY)
    usual = simulate(world, seeds=SEEDS)
    everybody_chooses(monkeypatch)
    for one, other in zip(of_seed(usual, 3), of_seed(simulate(world, seeds=SEEDS), 3), strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_who_asks_more_banks_asks_the_one_too_that_it_would_have_asked_alone() -> None:
    """In the first month nothing has happened yet in which the two markets could differ."""
    asked = {}
    for banks in (1, 2, 3):
        world = scenario({}, {}, {}, firms=asking(banks), burn_in={"months": 0})
        simulation = Simulation(world, [5])
        files = []
        simulation.advance()
        for bank in range(3):
            files.append(simulation.market.file_of(bank).known_since == 1)
        asked[banks] = np.array(files)
    for banks, files in asked.items():
        assert set(files.sum(axis=0).tolist()) == {0, banks}
    assert (asked[2] >= asked[1]).all()
    assert (asked[3] >= asked[2]).all()
    assert asked[1].any(axis=1).all(), "each bank is asked by some"


def test_a_name_is_only_a_name() -> None:
    """Two banks trade names and policies: each keeps its place, so the luck, and its rows."""
    one, two = {"branch_cost": 100.0}, {"pricing": {"kind": "flat", "fixed": 0.07}}
    content = {"firms": asking(2), "horizon": 10, "burn_in": {"months": 6}}
    first = Scenario.model_validate(content | {"banks": {"left": one, "right": two}})
    other = Scenario.model_validate(content | {"banks": {"right": one, "left": two}})
    rows = [simulate(world, seeds=[1]).months for world in (first, other)]
    trade = rows[1].replace({"bank": {"left": "right", "right": "left"}})
    pd.testing.assert_frame_equal(rows[0], trade, check_exact=True)


def test_equal_offers_are_shared_evenly_and_not_by_the_order_of_banks() -> None:
    """Two banks that know nothing and ask one rate: each should win half, up to chance.

    At one rate every offer is a tie, and firms are alike for both; so the count of takers of the
    first is binomial with one half.
    """
    same = {
        "pricing": {"kind": "flat", "fixed": 0.06},
        "approval": {"kind": "all"},
        "capital": {"kind": "standardised", "minimum": 0.0, "target": 1.0},
    }
    firms = asking(2) | {"count": 1500, "take_up": {"walk_away_daily": 0.0}}
    result = simulate(scenario(same, same, firms=firms, burn_in={"months": 0}), seeds=[1])
    taken = result.months.groupby("bank")["taken"].sum().to_numpy()
    total = taken.sum()
    assert total > 1000
    assert abs(taken[0] - total / 2) < 4.0 * np.sqrt(total) / 2


def test_a_borrower_has_no_request_open_anywhere() -> None:
    simulation = Simulation(WORLDS["one of them slow"], SEEDS)
    several = 0
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(20):
            simulation.advance()
            market = simulation.market
            sheets = market.applications.lender.reshape(2, -1)
            several += int((sheets[:, market.live] != NO_LENDER).sum())
            for bank in (0, 1):
                assert set(np.unique(sheets[bank]).tolist()) <= {NO_LENDER, bank}
    assert several == 0


def test_more_banks_asked_than_there_are_is_refused() -> None:
    path = Path(__file__).parents[2] / "scenarios" / "two_banks.yaml"
    with pytest.raises(RequestError, match=r"firms\.demand\.banks_asked.*there are 2: main, loose"):
        load_scenario(path, set={"firms.demand.banks_asked": 3})


def test_an_agent_shows_its_applications_at_every_bank() -> None:
    pytest.importorskip("mesa")
    from sim.mesa_adapter.lending_model import LendingModel

    model = LendingModel(WORLDS["three, two asked"], seed=3)
    model.step()
    sheets = model.market.applications.lender.reshape(3, -1)
    open_at = sheets >= 0
    both = np.flatnonzero(open_at[0] & open_at[1])
    second = np.flatnonzero(~open_at[0] & open_at[1])
    assert both.size
    assert second.size
    firm = model.firm(int(both[0]))
    assert firm.application_lender == 0
    for bank, name in enumerate(["bank 0", "bank 1"]):
        found = firm.application_at(name)
        assert found.lender == bank
        assert found.pd == model.market.requests[bank].pd[both[0]]
        assert found.amount == firm.amount
    alone = model.firm(int(second[0]))
    assert alone.application_lender == 1
    assert alone.application_at("bank 0") is None
    assert alone.due == model.market.requests[1].due[second[0]]
    with pytest.raises(RequestError, match="no bank 'bank 3'"):
        alone.application_at("bank 3")
