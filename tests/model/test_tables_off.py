"""A mechanism that is off takes no memory; it can be on in a branch of books without it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.columns import Schema
from sim.core.errors import RequestError
from sim.mechanisms.searching import SEARCH
from sim.model.branch import branch
from sim.model.memory_need import bytes_needed
from sim.model.month_plan import plan_of
from sim.model.own_tables import OF_CIRCLES, OF_RENEWALS, own_tables_of
from sim.model.plan import Step
from sim.model.plan_edits import with_step
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.state.bridges import BRIDGES
from sim.state.guarantors import CALLED_FIRMS, GUARANTORS
from sim.state.market import NEVER, Market
from sim.state.market_size import bytes_of, rows_by_table
from sim.state.posting import Written, posting
from tests.model.rough_circles import ON, edges
from tests.model.worlds import advanced, scenario

SIZE: dict[str, Any] = {"count": 60, "demand": {"need_monthly": 0.2}}
WORLD: dict[str, Any] = {"horizon": 12, "burn_in": {"months": 3}}
OFF = scenario({}, firms=SIZE, **WORLD)
CIRCLES = scenario({}, firms=SIZE, mechanisms=ON, **WORLD)
BULLETS = SIZE | {"demand": SIZE["demand"] | {"bullet_share": 0.6}}
RENEWALS = scenario({"renewal": {"kind": "repay_first"}}, firms=BULLETS, **WORLD)


def sizes(market: Market, tables: tuple[Schema[Any], ...]) -> set[int]:
    """Return the numbers of entries of all columns of some tables."""
    return {column.size for schema in tables for column in market.table(schema)}


@pytest.mark.parametrize(
    ("world", "on", "off"),
    [
        (OFF, (), OF_CIRCLES + OF_RENEWALS),
        (CIRCLES, OF_CIRCLES, OF_RENEWALS),
        (RENEWALS, OF_RENEWALS, OF_CIRCLES),
    ],
)
def test_tables_have_rows_where_their_mechanism_is_on(world: Any, on: Any, off: Any) -> None:
    market = Simulation(world, [1, 2]).run().market
    assert sizes(market, off) == {0}
    assert 0 not in sizes(market, on)
    assert set(market.own) == {*on, SEARCH}


@pytest.mark.parametrize(("world", "tables"), [(CIRCLES, OF_CIRCLES), (RENEWALS, OF_RENEWALS)])
def test_the_forecast_counts_them_where_they_are_on(world: Any, tables: Any) -> None:
    rows = rows_by_table(2, SIZE["count"], banks=1, seats=1, own=tables)
    added = bytes_of({schema: rows[schema] for schema in tables})
    assert bytes_needed(world, 2) - bytes_needed(OFF, 2) == 2 * added  # and once as kept books


def test_circles_begin_in_a_branch_of_books_without_them() -> None:
    books = advanced(Simulation(OFF, [1, 2]), 0).checkpoint()
    simulation = branch(books, CIRCLES)
    market = simulation.market
    assert (market.table(CALLED_FIRMS).last_called == NEVER).all()
    assert not market.table(GUARANTORS).firm.any()
    simulation.run()
    assert list(edges(market))


def world_of_short_loans(renewal: str) -> Any:
    """Return a world in which nothing is renewed before month 1."""
    menu = {"products": {"kind": "menu", "bullet_up_to": 12, "seasonal_from": 36}}
    before = {"months": 24, "banks": {"bank 0": menu}}
    bank = menu | {"renewal": {"kind": renewal}}
    return scenario(bank, firms=SIZE, horizon=12, burn_in=before)


def test_renewals_begin_after_month_1_as_if_their_tables_had_been_there() -> None:
    without, within = world_of_short_loans("none"), world_of_short_loans("repay_first")
    books = advanced(Simulation(without, [1, 2]), 0).checkpoint()
    went_on, whole = branch(books, within).run(), Simulation(within, [1, 2]).run()
    months = [result_of(one.market, one.recorder).months for one in (went_on, whole)]
    assert months[0].equals(months[1])
    assert months[0]["renewals_asked"].sum() > 0


def test_tables_stay_where_the_books_may_hold_what_began_when_they_were_on() -> None:
    without, within = world_of_short_loans("none"), world_of_short_loans("repay_first")
    for month, kept in ((0, set()), (6, set(OF_RENEWALS))):
        books = advanced(Simulation(within, [1]), month).checkpoint()
        assert set(branch(books, without).run().market.own) == kept | {SEARCH}


def test_a_market_made_without_tables_refuses_a_scenario_that_needs_them() -> None:
    with pytest.raises(RequestError, match="needs the table Guarantors, whose mechanism was off"):
        Simulation(OFF, [1]).take(CIRCLES)


def test_a_table_that_another_step_writes_has_rows() -> None:
    @posting(writes=(BRIDGES,))
    def note(to: Written, fact: int) -> None:
        to.table(BRIDGES).owed[:] += fact

    plan = with_step(plan_of(OFF), Step("note", lambda month: 1, note), after="earnings")
    assert own_tables_of(plan, OFF).used == (BRIDGES, SEARCH)
    market = Simulation(OFF, [1], plan=plan).market
    assert np.asarray(market.table(BRIDGES).owed).size == SIZE["count"]
