"""A bank that is new to the product begins with nothing learnt."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.branch import branch
from sim.model.simulation import Simulation
from sim.scenario.newcomer import entry_month
from sim.scenario.schema import Scenario
from sim.state.market import NEVER
from tests.model.worlds import advanced, columns, scenario

SEEDS = [3, 4]
LEARNER = {"kind": "estimated", "fewest_loans": 10, "fewest_defaults": 2, "matured": 6}


def world(new: int | None, **bank: Any) -> Scenario:
    """Return a market with one bank, which is new to the product or not."""
    return scenario({"new_to_product": new, **bank}, burn_in={"months": 24})


def at(new: int | None, month: int, **bank: Any) -> Simulation:
    return advanced(Simulation(world(new, **bank), SEEDS, archive=True), month)


@pytest.mark.parametrize(("new", "entry"), [(None, -23), (0, 1), (6, -5), (100, -23)])
def test_the_month_of_entry(new: int | None, entry: int) -> None:
    assert entry_month(new, first_month=-23) == entry


def test_before_it_enters_it_has_no_loan_and_others_lend() -> None:
    market = at(6, -6).market  # it enters in month -5
    assert (market.loans.lender[market.live] == market.rival).all()
    assert market.live.size > 0
    books = market.books_at(0)
    assert (market.books.gross_loans[books] == 0.0).all()
    for cost in ("salaries", "file_cost", "fixed_cost", "training_cost", "monitoring_cost"):
        assert (getattr(market.ledger, cost)[books] == 0.0).all(), cost


def test_it_begins_with_nothing_learnt() -> None:
    simulation = at(6, -6)
    simulation._open_seats(-5)  # what the month of entry does before its plan
    simulation._enter(-5)
    market, books = simulation.market, simulation.market.books_at(0)
    file = market.file_of(0)
    assert (file.known_since == NEVER).all()
    assert (file.belief_mean == 0.0).all()
    assert (file.belief_variance == 1.0).all()
    assert (market.books.culture[books] == 0.0).all()
    assert (market.books.proof_chances[books] == 0.0).all()
    assert (market.books.lie_chances[books] == 0.0).all()
    assert (market.books.loan_months[books] > 0.0).all()
    people = market.officers_at(0)[market.officers.active[market.officers_at(0)]]
    assert people.size > 0
    assert (market.officers.experience[people] == 0.0).all()
    assert simulation.archive is not None
    for run in range(len(SEEDS)):
        assert simulation.archive.experience(0, run, 100, bureau=True)[1].size == 0


def test_it_learns_and_lends_from_then_on() -> None:
    new, old = at(6, 0).market, at(None, 0).market
    assert (new.loans.lender[new.live] == 0).any()
    mine = new.officers_at(0)[new.officers.active[new.officers_at(0)]]
    assert new.officers.experience[mine].max() == 6.0
    assert (new.books.culture < old.books.culture)[new.books_at(0)].all()
    assert (new.books.culture[new.books_at(0)] > 0.0).all()


def test_a_learnt_rating_waits_for_loans_of_its_own() -> None:
    new, old = (at(months, 1, rating=LEARNER) for months in (0, None))
    assert all(lesson is None for lesson in new.after.banks[0].lessons)
    assert any(lesson is not None for lesson in old.after.banks[0].lessons)


def test_months_go_on_from_books_as_if_nothing_had_stopped() -> None:
    whole = at(6, 3)
    for month in (-8, -5, 0):  # closed, in the month of entry, open
        books = at(6, month).checkpoint()
        gone_on = advanced(branch(books, world(6)), 3)
        for run in range(len(SEEDS)):
            theirs = dict(columns(gone_on.market, run))
            for name, values in columns(whole.market, run):
                assert values.tobytes() == theirs[name].tobytes(), name


def test_width_does_not_matter() -> None:
    both = at(6, 2).market
    alone = advanced(Simulation(world(6), SEEDS[1:]), 2).market
    for (name, one), (_, other) in zip(columns(both, 1), columns(alone, 0), strict=True):
        assert one.tobytes() == other.tobytes(), name


def test_where_firms_ask_several_banks_the_open_ones_are_left() -> None:
    content = {
        "burn_in": {"months": 12},
        "firms": {"count": 150, "demand": {"need_monthly": 0.15, "banks_asked": 2}},
    }
    market = advanced(Simulation(scenario({"new_to_product": 0}, {}, **content), SEEDS), 0).market
    lenders = set(market.loans.lender[market.live].tolist())
    assert 0 not in lenders
    assert 1 in lenders


def test_an_entry_cannot_change_in_month_one() -> None:
    with pytest.raises(ValueError, match=r"new_to_product is null before month 1 and 6 from it"):
        Scenario.model_validate(
            {
                "burn_in": {"months": 12, "banks": {"main": {}}},
                "banks": {"main": {"new_to_product": 6}},
            }
        )
