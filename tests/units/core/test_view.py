"""A view shows what its observer may see, and says so in plain words when asked for more."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from sim.core.arrays import Floats, Int32s
from sim.core.columns import Column, Schema, column
from sim.core.errors import SightError
from sim.core.sight import Sight
from sim.core.table import Table
from sim.core.view import View


class People(NamedTuple):
    """Whom the clerk sees."""

    age: Floats = column("f8", "years", "on file", Sight.FILE)
    income: Floats = column("f8", "CNY", "as stated", Sight.REPORTED)
    bearing: Floats = column("f8", "sd", "as sensed", Sight.SOFT)
    character: Floats = column("f8", "sd", "known to nature", Sight.HIDDEN, width=2)


PEOPLE = Schema(People)


class Visits(NamedTuple):
    """How often they came."""

    count: Int32s = column("i4", "visits", "so far", Sight.FILE)


VISITS = Schema(Visits)
VISIBLE = {
    Sight.FILE: ["age", "count"],
    Sight.REPORTED: ["age", "income", "count"],
    Sight.SOFT: ["age", "income", "bearing", "count"],
    Sight.HIDDEN: ["age", "income", "bearing", "character", "count"],
}


@pytest.fixture
def people() -> Table:
    table = Table(PEOPLE, 6)
    for k, array in enumerate(table.write):
        array[:] = 10 * k + np.arange(6)
    table.write.character[1] += 100
    return table


def look(people: Table, sight: Sight, rows: list[int]) -> View:
    visits = Table(VISITS, 6)
    faces = ((PEOPLE, people.read), (VISITS, visits.read))
    return View("the clerk", sight, np.array(rows, np.int64), *faces)


@pytest.mark.parametrize("sight", Sight)
def test_an_observer_sees_up_to_its_sight_and_no_further(people: Table, sight: Sight) -> None:
    view = look(people, sight, [4, 1])
    assert view.known() == VISIBLE[sight]
    for one in [*PEOPLE, *VISITS]:
        if one.name in VISIBLE[sight]:
            assert getattr(view, one.name).shape[-1] == 2
        else:
            with pytest.raises(SightError):
                getattr(view, one.name)


def test_rows_come_in_the_order_asked_for(people: Table) -> None:
    view = look(people, Sight.HIDDEN, [4, 1, 4])
    assert view.age.tolist() == [4.0, 1.0, 4.0]
    assert view.character.tolist() == [[34.0, 31.0, 34.0], [134.0, 131.0, 134.0]]
    assert len(view) == 3
    assert len(look(people, Sight.FILE, [])) == 0


def test_a_hidden_column_is_refused_with_what_is_known_and_where_to_change_it(
    people: Table,
) -> None:
    with pytest.raises(SightError) as error:
        _ = look(people, Sight.REPORTED, [0]).character
    assert str(error.value) == (
        "'character' is HIDDEN, but the clerk sees only up to REPORTED: age, income, count; "
        f"its sight is declared in {__name__.replace('.', '/')}.py"
    )


def test_an_unknown_column_is_refused_with_the_nearest_that_is_known(people: Table) -> None:
    with pytest.raises(SightError) as error:
        _ = look(people, Sight.REPORTED, [0]).incom
    assert str(error.value) == (
        "the clerk sees no column 'incom'; it sees: age, income, count; did you mean 'income'?"
    )


def test_a_secret_name_is_not_guessed_at(people: Table) -> None:
    with pytest.raises(SightError) as error:
        _ = look(people, Sight.FILE, [0]).charakter
    assert "character" not in str(error.value)


def test_what_is_read_is_a_copy(people: Table) -> None:
    view = look(people, Sight.FILE, [0, 1])
    view.age[:] = -1.0
    assert people.read.age.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    assert look(people, Sight.FILE, [0, 1]).age.tolist() == [0.0, 1.0]


def test_a_part_of_a_view_has_the_same_observer_and_fewer_rows(people: Table) -> None:
    view = look(people, Sight.FILE, [5, 3, 1])
    part = view.only(view.age > 2)
    assert part.age.tolist() == [5.0, 3.0]
    with pytest.raises(SightError, match="the clerk sees only up to FILE"):
        _ = part.income


def test_the_levels_of_sight_are_ordered() -> None:
    assert Sight.FILE < Sight.REPORTED < Sight.SOFT < Sight.HIDDEN


def test_a_name_that_two_tables_have_is_not_guessed_at(people: Table) -> None:
    pets_schema = Schema.of(
        "Pets",
        Column("age", "f8", "years", "of the pet", Sight.FILE),
        Column("breed", "i1", "code", "of the pet", Sight.SOFT),
    )
    pets = Table(pets_schema, 6)
    pets.write.age[:] = np.arange(6)
    view = View(
        "the clerk", Sight.FILE, np.array([2]), (PEOPLE, people.read), (pets_schema, pets.read)
    )
    with pytest.raises(SightError, match="'age' is in several tables: use 'people_age' or"):
        _ = view.age
    assert (view.people_age[0], view.pets_age[0]) == (2.0, 2.0)
    pets.write.age[:] = 7.0
    assert view.only(np.array([True])).pets_age.tolist() == [7.0]
    assert view.known() == ["people_age", "pets_age"]
    with pytest.raises(SightError, match="'pets_breed' is SOFT"):
        _ = view.pets_breed
