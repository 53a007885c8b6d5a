"""Firms that lose by waiting: whom they ask, how long they wait, and for whom they leave."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state import post
from sim.state.choices import Elsewhere
from sim.state.market import Market
from tests.model.hurry import SLOW, asking
from tests.model.worlds import scenario
from tests.steps import replace_posting

SEEDS = [3, 4]


def elsewhere_of(world: Scenario, patch: pytest.MonkeyPatch) -> list[tuple[int, Elsewhere]]:
    """Return what was posted as done elsewhere, with the month of each."""
    seen: list[tuple[int, Elsewhere]] = []
    usual = post.elsewhere

    def listening(market: Market, fact: Elsewhere) -> None:
        seen.append((market.month, fact))
        usual(market, fact)

    with patch.context() as inner:
        replace_posting(inner, post.elsewhere, listening)
        Simulation(world, SEEDS).run()
    return seen


def test_who_waits_for_free_hears_every_bank_and_who_is_in_a_hurry_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With one bank a month slower, offers of the quick one are held until the slow one answers."""

    def withdrawn(daily: float) -> tuple[int, int]:
        facts = elsewhere_of(scenario({}, SLOW, firms=asking(2, daily)), monkeypatch)
        by_bank = [sum((~f.walked).sum() for _, f in facts if f.lender == b) for b in (0, 1)]
        return int(by_bank[0]), int(by_bank[1])

    assert withdrawn(0.0) == (0, 0)
    quick, slow = withdrawn(0.0005)
    assert slow > 20
    assert slow > 10 * quick


def test_a_firm_that_loses_by_waiting_asks_the_quicker_bank() -> None:
    def share_of_the_slow(daily: float) -> float:
        months = simulate(scenario({}, SLOW, firms=asking(1, daily)), seeds=[1, 2, 3, 4]).months
        asked = months.groupby("bank")["applications"].sum()
        return float(asked["bank 1"] / asked.sum())

    even, hurried = share_of_the_slow(0.0), share_of_the_slow(0.0003)
    assert even == pytest.approx(0.5, abs=0.05)
    assert hurried < 0.25


def test_a_firm_short_of_cash_asks_the_quick_bank_sooner_than_a_rich_one() -> None:
    """What follows from a firm's state: in the first month, cash alone tells the two apart."""
    patient = {"when_short": 20.0, "near_peak": 1.0}
    firms = asking(1, 0.00005, **patient) | {"count": 4000, "volatility": 0.05}
    asks: dict[str, float] = {}
    for state, buffer in (("short", 0.2), ("rich", 3.0)):
        world = scenario({}, SLOW, firms=firms | {"starting_buffer": buffer})
        market = Simulation(world.with_({"burn_in.months": 0}), [5])
        market.advance()
        slow, quick = (int((market.market.file_of(b).known_since == 1).sum()) for b in (1, 0))
        asks[state] = slow / (slow + quick)
    # weights exp(-c d / taste), d the 37 days between the two: c d / taste is .37, or 20 times that
    rich = np.exp(-0.00005 * 37 / 0.005)
    assert asks["rich"] == pytest.approx(rich / (1 + rich), abs=0.05)
    assert asks["short"] < 0.01


def test_waiting_that_costs_more_than_it_saves_sends_firms_to_who_answers_at_once() -> None:
    firms = {"count": 400, "take_up": {"walk_away_daily": 0.0, "rival_available": 0.9}}
    walked, rivals = [], []
    for daily in (0.0, 0.0005, 0.005):
        world = scenario(SLOW, firms=asking(1, daily) | firms)
        simulation = Simulation(world, SEEDS)
        gone = 0.0
        lent = 0.0
        with np.errstate(invalid="ignore", divide="ignore"):
            while simulation.month < world.horizon:
                simulation.advance()
                page, rival = simulation.market.ledger, simulation.market.books_at(1)
                gone += page.walked_away.sum()
                lent += page.disbursed[rival].sum()
        walked.append(gone)
        rivals.append(lent)
    assert walked[0] == 0.0
    assert walked[2] > walked[1] > 0.0
    assert rivals[2] > rivals[0] > 0.0


@pytest.mark.parametrize(
    ("name", "value"),
    [("when_short", 1.0), ("near_peak", 1.0), ("peak_months", 0), ("taste", 0.05),
     ("hoped_saving", 0.02)],
)  # fmt: skip
def test_no_parameter_of_urgency_is_dead(name: str, value: float) -> None:
    at_rest, moved = asking(2, 0.0002), asking(2, 0.0002, **{name: value})
    banks = ({}, SLOW, {})
    one, other = (simulate(scenario(*banks, firms=f), seeds=[3]).months for f in (at_rest, moved))
    assert not one["applications"].equals(other["applications"])
