"""Every number that a scenario can hold says its unit, meaning, bounds, source and grade."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import pytest
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from sim.core.frozen_dict import FrozenDict
from sim.core.params import GRADES, Params
from sim.scenario.schema import FAMILIES, Scenario

HOLDERS = (Annotated, Union, types.UnionType, FrozenDict, dict, list, tuple)
NAMES = {"kind", "name", "why"}  # words, not figures


class Found(NamedTuple):
    owner: type[Params]
    name: str
    field: FieldInfo

    def __str__(self) -> str:
        return f"{self.owner.__module__}.{self.owner.__name__}.{self.name}"


def sets_within(annotation: Any) -> Iterator[type[Params]]:
    """Yield the sets of parameters that a type mentions, as in `X | None`, `FrozenDict[str, X]`."""
    if isinstance(annotation, type) and issubclass(annotation, Params):
        yield annotation
    elif get_origin(annotation) in HOLDERS:
        for part in get_args(annotation):
            yield from sets_within(part)


def reachable() -> list[type[Params]]:
    """Return every set of parameters that a scenario can hold, members of all families included."""
    waiting: list[type[Params]] = [Scenario]
    for family in FAMILIES.values():
        waiting.extend(family.members.values())
    found: list[type[Params]] = []
    while waiting:
        params = waiting.pop()
        if params in found:
            continue
        found.append(params)
        for field in params.model_fields.values():
            waiting.extend(sets_within(field.annotation))
    return sorted(found, key=lambda params: f"{params.__module__}.{params.__name__}")


SETS = reachable()
FIGURES = [
    Found(params, name, field)
    for params in SETS
    for name, field in params.model_fields.items()
    if name not in NAMES and not list(sets_within(field.annotation))
]
NUMBERS = [found for found in FIGURES if found.field.annotation in (int, float)]


def test_the_walk_reaches_the_far_corners() -> None:
    names = {str(found) for found in FIGURES}
    assert len(names) > 100
    assert "sim.state.population.Sector.share" in names
    assert "sim.policies.screening.investigation.Statements.precision" in names
    assert "sim.world.conduct.Labour.slack" in names


@pytest.mark.parametrize("found", FIGURES, ids=str)
def test_it_says_what_it_is(found: Found) -> None:
    extra = found.field.json_schema_extra
    assert isinstance(extra, dict), "declare it with param(...)"
    assert str(extra["unit"]).strip()
    assert len(found.field.description or "") > 5
    grade, _, source = str(extra["source"]).partition(":")
    assert grade in GRADES
    assert len(source.strip()) > 3


def limits(field: FieldInfo) -> dict[str, float]:
    rules = ("ge", "gt", "le", "lt")
    return {
        rule: getattr(mark, rule)
        for mark in field.metadata
        for rule in rules
        if getattr(mark, rule, None) is not None
    }


@pytest.mark.parametrize("found", NUMBERS, ids=str)
def test_a_number_is_bounded_on_both_sides_and_refused_beyond(found: Found) -> None:
    bounds = limits(found.field)
    assert ("ge" in bounds) != ("gt" in bounds), "no lower bound"
    assert ("le" in bounds) != ("lt" in bounds), "no upper bound"
    low = bounds.get("ge", bounds.get("gt", 0.0))
    high = bounds.get("le", bounds.get("lt", 0.0))
    assert low < high
    outside = [low - 1, high + 1]
    outside += [bounds[rule] for rule in ("gt", "lt") if rule in bounds]
    for value in outside:
        kind = int if found.field.annotation is int else float
        assert (found.name,) in errors_of(found.owner, {found.name: kind(value)}), value
    for value in (float("nan"), "0.5", True):
        assert (found.name,) in errors_of(found.owner, {found.name: value}), value


def errors_of(params: type[Params], values: dict[str, Any]) -> set[tuple[Any, ...]]:
    """Return the places of the errors that a set of values meets."""
    try:
        params.model_validate(values)
    except ValidationError as refusal:
        return {error["loc"] for error in refusal.errors()}
    return set()


OTHERS = [found for found in FIGURES if found not in NUMBERS]


@pytest.mark.parametrize("found", OTHERS, ids=str)
def test_what_is_no_plain_number_has_a_closed_range_too(found: Found) -> None:
    annotation = found.field.annotation
    if annotation is bool:
        assert errors_of(found.owner, {found.name: 1})
    elif get_origin(annotation) is tuple:
        least = [-1.0] * len(get_args(annotation))
        most = [1e9] * len(get_args(annotation))
        assert errors_of(found.owner, {found.name: least}), "takes negative entries"
        assert errors_of(found.owner, {found.name: most}), "takes entries of any size"
    else:
        assert errors_of(found.owner, {found.name: "no such choice"})


@pytest.mark.parametrize("params", SETS, ids=lambda params: params.__name__)
def test_a_set_of_parameters_is_closed_frozen_and_strict(params: type[Params]) -> None:
    config = params.model_config
    assert config["frozen"]
    assert config["extra"] == "forbid"
    assert config["strict"]


@pytest.mark.parametrize("params", SETS, ids=lambda params: params.__name__)
def test_defaults_lie_within_their_own_bounds(params: type[Params]) -> None:
    # pydantic does not check defaults, so they are given back as if a user had written them
    needed = {
        name: 1 if field.annotation is int else 0.5
        for name, field in params.model_fields.items()
        if field.is_required()
    }
    whole = params(**needed)
    assert params.model_validate(whole.model_dump()) == whole
