"""Parameters never change, whatever uses them, and a copy of them is the same."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.core.errors import RequestError
from sim.core.params import Params
from sim.mechanisms.base import declared
from sim.scenario.schema import FAMILIES, Scenario
from sim.scenario.varying import varied


def classes_in(kind: Any, found: dict[type[Params], None]) -> dict[type[Params], None]:
    """Add to `found` every class of parameters that an annotation names, through its fields."""
    if isinstance(kind, type) and issubclass(kind, Params) and kind not in found:
        found[kind] = None
        for field in kind.model_fields.values():
            classes_in(field.annotation, found)
    for inner in get_args(kind):
        classes_in(inner, found)
    return found


MEMBERS = [one for family in FAMILIES.values() for one in family.members.values()]
CLASSES = classes_in(Scenario, {})
# a required field is given the number in the middle
GIVEN: dict[str, dict[str, Any]] = {"Added": {"add": 4}, "Sector": {"share": 0.5}}
every_class = pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)


def built(kind: type[Params]) -> Params:
    return kind.model_validate(GIVEN.get(kind.__name__, {}))


def parts(params: Params) -> Iterator[Params]:
    """Yield a value and all parameters inside it."""
    yield params
    for _, value in params:
        inside = value.values() if isinstance(value, Mapping) else [value]
        for item in inside:
            if isinstance(item, Params):
                yield from parts(item)


def used(params: Params) -> Params:
    """Return the value after everything that it can compute was computed, inside it too."""
    for part in parts(params):
        part.record()
        for owner in type(part).__mro__:
            for name, item in vars(owner).items():
                if isinstance(item, cached_property):
                    getattr(part, name)
    return params


def test_all_members_and_mechanisms_are_examined() -> None:
    assert set(CLASSES) >= {*MEMBERS, *declared().values()}
    assert len(CLASSES) > 50


@every_class
def test_a_used_value_equals_a_new_one_and_so_do_its_copies(kind: type[Params]) -> None:
    one, other = built(kind), built(kind)
    before = hash(one), repr(one), pickle.dumps(one)
    assert (hash(other), repr(other), pickle.dumps(other)) == before
    used(one)
    assert one == other
    assert other == one
    assert (hash(one), repr(one), pickle.dumps(one)) == before
    assert dict(one) == dict(other)
    assert dict(one).keys() == kind.model_fields.keys()
    again = pickle.loads(pickle.dumps(one))
    assert again.model_fields_set == one.model_fields_set
    for same in (again, copy.copy(one), copy.deepcopy(one), one.model_copy(), varied(one, {})):
        assert same == other
        assert hash(same) == hash(other)
        assert used(same) == one
    deep = one.model_copy(deep=True)
    assert deep == other
    assert kind.model_validate(one.model_dump()) == other
    assert kind.model_validate_json(json.dumps(one.model_dump(mode="json"))) == other


@every_class
def test_nothing_in_it_can_be_assigned_or_deleted(kind: type[Params]) -> None:
    params = used(built(kind))
    before = hash(params)
    names = [*kind.model_fields, *params.__dict__, "_private", "no_such_field", "model_config"]
    for name in names:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(params, name, 1)
        with pytest.raises(ValidationError, match="frozen"):
            delattr(params, name)
    with pytest.raises(TypeError, match="item assignment"):
        params["x"] = 1  # type: ignore[index]
    for name, value in params:
        if isinstance(value, Mapping):
            with pytest.raises(TypeError, match="item assignment"):
                value["x"] = 1  # type: ignore[index]
            with pytest.raises(TypeError, match="item deletion"):
                del value[next(iter(value))]  # type: ignore[attr-defined]
            with pytest.raises(RequestError, match="with_"):
                params.model_copy(update={name: {}})
        for array in params.__dict__.values():
            assert not (isinstance(array, np.ndarray) and array.flags.writeable)
    assert hash(params) == before
    assert params == built(kind)


NUMBERS = [
    (kind, name)
    for kind in CLASSES
    for name, field in kind.model_fields.items()
    if field.annotation is float and not field.is_required()
]


@given(st.sampled_from(NUMBERS), st.floats(0.0, 1.0))
def test_another_value_is_another_set_of_parameters(
    which: tuple[type[Params], str], value: float
) -> None:
    kind, name = which
    one = used(built(kind))
    try:
        other = varied(one, {name: value})
    except RequestError:
        with pytest.raises(ValidationError):
            kind.model_validate({**GIVEN.get(kind.__name__, {}), name: value})
        return
    assert getattr(other, name) == value
    assert (other == one) == (value == getattr(one, name))
    assert other == kind.model_validate({**GIVEN.get(kind.__name__, {}), name: value})
    assert varied(other, {name: getattr(one, name)}) == one == built(kind)
