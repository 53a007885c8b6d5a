"""A branch is, bit for bit, the run that went the whole way, for any scenario and month."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.core.errors import RequestError
from sim.model.branch import branch
from sim.model.checkpoint import Checkpoint
from sim.model.result import Result, result_of
from sim.model.simulation import Simulation
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario
from tests.model.counting import counting
from tests.model.worlds import advanced, differing, digest, member, scenario

ROOT = Path(__file__).parents[2] / "scenarios"
SHIPPED = [one for one in sorted(ROOT.rglob("*.yaml")) if one.parent.name != "measures"]
QUICK = {"competing_quotes", "renewals", "two_banks", "wenzhou_both", "zhengzhou/optimised"}
SEEDS = [5, 9]
SOON = {"matured": 3, "learning_interval": 3}  # learns within a short run
LEARNER = {"rating": member("rating", "estimated") | SOON, "approval": {"kind": "all"}}
TWO = {"north": {}, "south": LEARNER}


def result(simulation: Simulation) -> Result:
    return result_of(simulation.market, simulation.recorder, simulation.event_log)


def assert_same(one: Simulation, other: Simulation) -> None:
    """Compare every column of every run, and every table that a user gets."""
    for run in range(one.market.runs):
        assert differing(one.market, run, other.market, run) == []
    tables = ("months", "summary", "vintages", "survival", "cohorts", "loans", "events")
    for name in tables:
        left, right = getattr(result(one), name), getattr(result(other), name)
        assert (left is None) == (right is None), name
        assert left is None or digest(left) == digest(right), name


def books_at(when: int, world: Scenario, **options: Any) -> Checkpoint:
    """Return the books at the end of a month; the simulation goes on, which must not matter."""
    simulation = advanced(Simulation(world, SEEDS, **options), when)
    books = simulation.checkpoint()
    advanced(simulation, when + 1)
    return books


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=name, marks=() if name in QUICK else pytest.mark.thorough)
        for path in SHIPPED
        for name in [str(path.relative_to(ROOT))[:-5]]
    ],
)
def test_every_shipped_scenario_goes_on_as_if_it_had_not_stopped(path: Path) -> None:
    small = {"firms.count": 60, "horizon": 3, "burn_in.months": 4}
    world = load_scenario(path, set=small)
    assert_same(branch(books_at(0, world)).run(), Simulation(world, SEEDS).run())


@pytest.mark.parametrize("when", [-3, 0, 1, 8])
@pytest.mark.thorough
def test_it_goes_on_from_any_month_with_detail_and_learners(when: int) -> None:
    world = scenario(burn_in={"months": 12, "banks": TWO}, banks=TWO)
    books = books_at(when, world, detail=True)
    assert_same(branch(books, detail=True).run(), Simulation(world, SEEDS, detail=True).run())


@pytest.mark.parametrize("when", [-1, 8])
def test_what_a_bank_has_learned_is_known_in_a_branch(when: int) -> None:
    world = scenario(LEARNER, firms={"count": 300, "volatility": 0.3})
    whole = advanced(Simulation(world, SEEDS), when)
    lessons = whole.banks_in(when).banks[0].lessons
    assert all(lesson is not None for lesson in lessons), "nothing was learned"
    again = branch(whole.checkpoint()).banks_in(when).banks[0].lessons
    for one, other in zip(lessons, again, strict=True):
        np.testing.assert_array_equal(one, other)


def test_several_banks_asked_and_queues() -> None:
    firms = {"count": 120, "demand": {"banks_asked": 2, "need_monthly": 0.2}}
    banks = {"north": {"approval": {"kind": "cut_off", "days": 40.0}}, "south": {}}
    world = scenario(firms=firms | {"urgency": {"daily": 0.01}}, banks=banks)
    assert_same(branch(books_at(5, world)).run(), Simulation(world, SEEDS).run())


STAFF = {"kind": "officers", "clients_per_officer": 20.0}


@pytest.mark.parametrize(
    "change",
    [
        {"staffing": STAFF | {"clients_per_officer": 5.0}},
        {"staffing": STAFF | {"clients_per_officer": 60.0}},
        {"staffing": {"kind": "none"}},
        LEARNER,
        {"growth_target": 0.5, "monitoring": {"kind": "none"}},
    ],
    ids=["more officers", "fewer officers", "no officers", "learner", "growth"],
)
def test_arms_go_on_from_the_books_of_the_base(change: dict[str, Any]) -> None:
    base = {"main": {"staffing": STAFF}}
    world = scenario(burn_in={"months": 8, "banks": base}, banks=base)
    arm = scenario(burn_in={"months": 8, "banks": base}, banks={"main": base["main"] | change})
    books = books_at(0, world, archive=True)
    found, whole = branch(books, arm).run(), Simulation(arm, SEEDS).run()
    assert found.market.seats == whole.market.seats
    tables = ("months", "summary", "vintages", "survival", "cohorts")
    for name in tables:
        assert digest(getattr(result(found), name)) == digest(getattr(result(whole), name)), name
    used = whole.market.officers.active
    for name in whole.market.officers._fields:  # type: ignore[attr-defined]
        left, right = (getattr(one.market.officers, name) for one in (found, whole))
        assert left[..., used].tobytes() == right[..., used].tobytes(), name


def test_another_economy_from_month_one() -> None:
    calm = scenario().economy.model_dump(mode="json")
    burn_in = {"months": 6, "economy": calm, "banks": {"main": {}}}
    world = scenario(burn_in=burn_in, banks={"main": {}})
    slump = world.with_({"economy.macro.shift": -1.0, "economy.funding_rate": 0.04})
    assert_same(branch(books_at(0, world), slump).run(), Simulation(slump, SEEDS).run())


@pytest.mark.parametrize("over", ["Firms", "Loans", "Relations", "Books", "Officers"])
def test_a_mechanism_keeps_its_own_table(over: str) -> None:
    schema, plan = counting(over)
    world = scenario({"staffing": STAFF}, firms={"count": 80, "volatility": 0.3})
    whole = Simulation(world, SEEDS, plan=plan).run()
    found = branch(books_at(0, world, plan=plan), plan=plan).run()
    assert whole.market.table(schema).months.any()
    np.testing.assert_array_equal(
        found.market.table(schema).months, whole.market.table(schema).months
    )
    with pytest.raises(RequestError, match="no table Counts, which the plan needs"):
        branch(books_at(0, world), plan=plan)


@pytest.fixture(scope="module")
def kept() -> Checkpoint:
    return books_at(2, scenario({}, horizon=6))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"firms.count": 151}, "firms.count was 150 there and is 151 here"),
        ({"firms.margin": 0.07}, "firms.margin was 0.08 there and is 0.07 here"),
        ({"firms.demand.need_monthly": 0.1}, "firms.demand.need_monthly was 0.15 there"),
        ({"firms.sectors.services.peak": 3}, "firms.sectors.services.peak was 8 there"),
        ({"burn_in.months": 13}, "burn_in.months was 12 there and is 13 here"),
        ({"horizon": 1}, "they are of month 2, after its horizon"),
        ({"banks.bank 0.rating.kind": "estimated"}, "bank 'bank 0' learns from old loans"),
    ],
)
def test_what_the_books_depend_on_cannot_change(
    kept: Checkpoint, change: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RequestError, match=complaint) as found:
        branch(kept, kept.scenario.with_(change | {"name": "other"}))
    assert "\n" not in str(found.value)
    assert str(found.value).startswith("'other' cannot go on from these books")


def test_nor_can_the_lenders_or_whom_firms_ask(kept: Checkpoint) -> None:
    with pytest.raises(RequestError, match="banks was bank 0 there and is bank 0, bank 1 here"):
        branch(kept, scenario({}, {}, horizon=6))
    two = scenario({}, {})
    asked = {"count": 150, "volatility": 0.2, "demand": {"need_monthly": 0.15, "banks_asked": 2}}
    with pytest.raises(RequestError, match=r"firms\.demand\.banks_asked was 1 there and is 2 here"):
        branch(books_at(0, two), scenario({}, {}, firms=asked))
    with pytest.raises(RequestError, match="with detail: they were kept without it"):
        branch(kept, detail=True)


def test_copies_and_pickles_share_nothing() -> None:
    world = scenario(LEARNER, horizon=8)
    simulation = advanced(Simulation(world, SEEDS, detail=True), 3)
    copies = [copy.deepcopy(simulation), pickle.loads(pickle.dumps(simulation))]
    before = [differing(simulation.market, 0, one.market, 0) for one in copies]
    simulation.run()
    assert before == [[], []]
    for one in copies:
        assert one.month == 3
        for table in simulation.market.schemas:
            for left, right in zip(
                simulation.market.table(table), one.market.table(table), strict=True
            ):
                assert not np.shares_memory(left, right)
        assert_same(one.run(), simulation)


def test_a_plan_of_its_own_is_copied_but_not_pickled() -> None:
    _, plan = counting("Firms")
    simulation = Simulation(scenario(horizon=2), SEEDS, plan=plan)
    assert copy.deepcopy(simulation).plan is plan
    with pytest.raises(TypeError, match="a plan of its own cannot be pickled"):
        pickle.dumps(simulation)


@pytest.mark.parametrize("when", [3, 14, 20])
def test_a_bank_that_hires_as_it_grows_goes_on_with_the_officers_that_it_had(when: int) -> None:
    small = {"firms.count": 300, "horizon": 24, "burn_in.months": 4, "burn_in.nature_months": 0}
    grows = {"banks.main.growth_target": 0.6, "banks.main.staffing.follows_plan": True}
    world = load_scenario(ROOT / "baseline.yaml", set=small | grows)
    whole = Simulation(world, SEEDS)
    seats = {month: next(iter(whole.after)).seats_in(month) for month in (1, 24)}
    assert seats[24] > seats[1]  # so that it hires on the way
    assert_same(branch(books_at(when, world)).run(), whole.run())
