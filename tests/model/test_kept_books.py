"""The burn-in that arms share is simulated once, and gives what the whole way would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sim.model import kept_books, month
from sim.model.checkpoint import Checkpoint
from sim.model.kept_books import KEPT, Key, Memory, begun
from sim.model.plan import Step, for_later
from sim.model.plan_edits import with_step
from sim.model.result import result_of
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from tests.model.counting import months_advanced
from tests.model.worlds import digest, member, scenario

SEEDS = (2, 3)
BASE: dict[str, Any] = {"main": {}}


def arm(bank: dict[str, Any] | None = None, **content: Any) -> Scenario:
    burn_in = {"months": 5, "banks": BASE}
    firms = {"count": 60, "volatility": 0.2}
    usual = {"burn_in": burn_in, "banks": {"main": bank or {}}, "horizon": 4, "firms": firms}
    return scenario(**(usual | content))


@pytest.fixture
def advanced_months(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Give the list of months that are simulated from now on, with nothing kept."""
    KEPT.clear()
    yield months_advanced(monkeypatch)
    KEPT.clear()


BURN_IN, REPORTED = [-4, -3, -2, -1, 0], [1, 2, 3, 4]


def test_arms_share_one_burn_in(advanced_months: list[int]) -> None:
    for bank in ({}, {"growth_target": 0.3}, {"rating": member("rating", "estimated")}):
        simulate(arm(bank), seeds=SEEDS)
    assert advanced_months == BURN_IN + 3 * REPORTED
    slump = arm().with_({"economy.funding_rate": 0.04, "horizon": 3})
    assert slump.start_hash != arm().start_hash  # its burn-in uses that economy too
    simulate(slump, seeds=SEEDS)
    assert advanced_months[len(BURN_IN) + 12 :] == BURN_IN + REPORTED[:3]


@pytest.mark.parametrize(
    "other",
    [
        {"seeds": (3, 2)},
        {"seeds": (2,)},
        {"check": False},
        {"scenario": arm().with_({"firms.margin": 0.07})},
        {"scenario": arm().with_({"burn_in.banks.main.growth_target": 0.2})},
    ],
)
def test_what_does_not_share_it_simulates_its_own(
    other: dict[str, Any], advanced_months: list[int]
) -> None:
    usual = {"scenario": arm(), "seeds": SEEDS}
    simulate(**usual)
    simulate(**(usual | other))
    assert advanced_months == 2 * (BURN_IN + REPORTED)


def test_another_plan_has_other_books(
    advanced_months: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    simulate(arm(), seeds=SEEDS)
    more = Step("nothing", lambda month: None, for_later)
    monkeypatch.setattr(month, "PLAN", with_step(month.PLAN, more, after="earnings"))
    simulate(arm(), seeds=SEEDS)
    assert advanced_months == 2 * (BURN_IN + REPORTED)


@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("kind", ["expert", "estimated"])
def test_kept_books_change_no_number(kind: str, detail: bool, advanced_months: list[int]) -> None:
    world = arm({"rating": member("rating", kind)})
    simulate(arm(), seeds=SEEDS)
    kept = simulate(world, seeds=SEEDS, detail=detail)
    KEPT.clear()
    all_months = Simulation(world, SEEDS, detail=detail).run()
    whole = result_of(all_months.market, all_months.recorder, all_months.event_log)
    for name in ("months", "summary", "vintages", "survival", "cohorts", "loans", "events"):
        left, right = getattr(kept, name), getattr(whole, name)
        assert left is right is None or digest(left) == digest(right), name


def test_without_a_burn_in_nothing_is_kept(advanced_months: list[int]) -> None:
    simulate(arm(burn_in={"months": 0}), seeds=SEEDS)
    assert len(KEPT) == 0


def test_a_large_burn_in_is_not_kept(
    advanced_months: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_books, "LARGEST", 1_000)
    simulation = begun(arm(), SEEDS)
    assert (len(KEPT), simulation.archive) == (0, None)


def test_memory_lets_go_of_what_was_used_longest_ago() -> None:
    books = Simulation(arm(), SEEDS).checkpoint()
    memory = Memory(limit=int(2.5 * books.nbytes))
    one, two, three = (Key(name, SEEDS, True, month.PLAN) for name in "abc")
    memory.keep(one, books)
    memory.keep(two, books)
    assert memory.find(one) is books
    memory.keep(three, books)
    assert [memory.find(key) is books for key in (one, two, three)] == [True, False, True]
    assert memory.nbytes == 2 * books.nbytes


class Foreign:
    """A store whose books are none of this model."""

    def __init__(self) -> None:
        self.kept: list[Checkpoint] = []

    def find(self, key: Key) -> Checkpoint | None:
        books = Simulation(arm(), key.seeds).checkpoint()
        arrays = {name: a for name, a in books.arrays.items() if name != "Firms.cash"}
        return Checkpoint(books.scenario, books.seeds, 0, books.seats, True, arrays)

    def keep(self, key: Key, books: Checkpoint) -> None:
        self.kept.append(books)


def test_books_of_another_model_are_simulated_again(advanced_months: list[int]) -> None:
    store = Foreign()
    simulate(arm(), seeds=SEEDS, store=store)
    assert advanced_months == BURN_IN + REPORTED
    assert [books.month for books in store.kept] == [0]
