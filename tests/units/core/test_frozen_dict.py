"""A frozen mapping behaves like a dict that keeps its order, except that it never changes."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.core.frozen_dict import FrozenDict
from sim.core.params import Params


class Size(Params):
    size: float = 1.0


class Holder(Params):
    by_name: FrozenDict[str, Size] = FrozenDict({"a": Size()})
    maybe: FrozenDict[str, int] | None = None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first text is slow
@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_it_holds_what_the_dict_holds_in_the_same_order(content: dict[str, int | str]) -> None:
    frozen = FrozenDict(content)
    assert list(frozen.items()) == list(content.items())
    assert frozen == content
    assert content == frozen
    assert repr(frozen) == repr(content)
    copies = (copy.copy(frozen), copy.deepcopy(frozen), pickle.loads(pickle.dumps(frozen)))
    for other in (FrozenDict(content), FrozenDict(content.items()), *copies):
        assert other == frozen
        assert hash(other) == hash(frozen)


def test_the_order_counts_between_two_of_them() -> None:
    one, other = FrozenDict({"a": 1, "b": 2}), FrozenDict({"b": 2, "a": 1})
    assert one != other
    assert one == {"b": 2, "a": 1}
    assert one != [("a", 1), ("b", 2)]


def test_nothing_in_it_can_be_changed() -> None:
    source = {"a": 1}
    frozen = FrozenDict(source)
    source["b"] = 2
    assert "b" not in frozen
    with pytest.raises(TypeError, match="item assignment"):
        frozen["b"] = 2  # type: ignore[index]
    with pytest.raises(TypeError, match="item deletion"):
        del frozen["a"]  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        frozen._items["b"] = 2  # type: ignore[index]
    with pytest.raises(AttributeError):
        frozen._items = {}
    with pytest.raises(AttributeError):
        del frozen._items
    for name in ("update", "pop", "popitem", "clear", "setdefault"):
        assert not hasattr(frozen, name)


def test_a_strict_model_takes_it_and_writes_it_like_a_dict() -> None:
    held = Holder.model_validate({"by_name": {"x": {"size": 2.0}, "a": Size()}})
    assert type(held.by_name) is FrozenDict
    assert held.by_name["x"].size == 2.0
    assert Holder(by_name=held.by_name) == held
    plain = {"by_name": {"x": {"size": 2.0}, "a": {"size": 1.0}}, "maybe": None}
    assert held.model_dump() == held.model_dump(mode="json") == plain
    assert type(held.model_dump()["by_name"]) is dict
    assert json.loads(held.model_dump_json()) == plain
    assert list(Holder.model_validate_json(held.model_dump_json()).by_name) == ["x", "a"]
    assert hash(Holder.model_validate(plain)) == hash(held)
    with pytest.raises(ValidationError, match=r"by_name\.x\.size"):
        Holder.model_validate({"by_name": {"x": {"size": "2"}}})
    with pytest.raises(ValidationError, match=r"maybe\.y"):
        Holder.model_validate({"maybe": {"y": 1.5}})
    schema = Holder.model_json_schema()["properties"]["by_name"]
    assert schema["additionalProperties"] == {"$ref": "#/$defs/Size"}
