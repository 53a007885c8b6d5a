"""Every table is a typed class: annotations agree with dtypes, units and meanings are there."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple, get_type_hints

import pytest

import sim.mechanisms
import sim.state
from sim.core.arrays import Bools, Floats, Floats32, Int8s, Int16s, Int32s, Int64s, Keys
from sim.core.columns import Column, Schema, column
from sim.core.sight import Sight
from sim.state.cohorts import COHORTS
from sim.state.market import Market, WriteSides

KINDS = {
    "f8": Floats, "f4": Floats32, "?": Bools, "u8": Keys,
    "i1": Int8s, "i2": Int16s, "i4": Int32s, "i8": Int64s,
}  # fmt: skip


def declared() -> Iterator[Schema[Any]]:
    """Yield every table that a module of `state` or `mechanisms` declares, once."""
    for package in (sim.state, sim.mechanisms):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            file = info.name.replace(".", "/") + ".py"
            for value in vars(module).values():
                if isinstance(value, Schema) and value.home == file and value is not COHORTS:
                    yield value


TABLES = list(declared())


def faults(schema: Schema[Any]) -> list[str]:
    """Return what is wrong with how a table is declared."""
    record = schema.record
    if getattr(sys.modules[record.__module__], record.__name__, None) is not record:
        return [f"{schema.name} is not a class of the module that declares it"]
    hints = get_type_hints(record)
    found: list[str] = []
    if not record.__doc__ or record.__doc__.startswith(f"{schema.name}("):
        found.append(f"{schema.name} has no docstring")
    if list(hints) != list(schema.columns):
        found.append(f"{schema.name} annotates {list(hints)}")
    for one in schema:
        if hints.get(one.name) != KINDS[one.dtype]:
            found.append(f"{one.name} is {one.dtype}, but annotated {hints.get(one.name)}")
        if not one.unit.strip() or not one.meaning.strip():
            found.append(f"{one.name} has no unit or no meaning")
    return found


@pytest.mark.parametrize("schema", TABLES, ids=lambda schema: schema.name)
def test_every_table_is_a_typed_class(schema: Schema[Any]) -> None:
    assert faults(schema) == []


def test_a_market_has_all_tables_and_their_classes() -> None:
    market = Market([1], firms_per_run=2, banks=["main"], seats=1)
    hints = get_type_hints(WriteSides)
    del hints["cohorts"]
    kept = [schema for schema in TABLES if not schema.over]
    assert sorted(hints) == sorted(schema.name.lower() for schema in kept)
    for schema in kept:
        assert hints[schema.name.lower()] is schema.record
        assert getattr(market, schema.name.lower()) is market.table(schema)
        assert getattr(market.tables, schema.name.lower()) is market.writable(schema)


class Wrong(NamedTuple):
    """Columns whose annotations or texts are wrong."""

    size: Floats = column("i4", "m", "how long", Sight.FILE)
    share: Floats = column("f4", "share", "how much", Sight.FILE)
    month: Int32s = column("i4", "", "when", Sight.FILE)
    kind: Int8s = column("i1", "code", " ", Sight.FILE)
    flag: Bools = column("?", "flag", "whether", Sight.FILE)


def test_planted_faults_are_found() -> None:
    found = faults(Schema(Wrong))
    assert [fault.partition(",")[0] for fault in found] == [
        "size is i4", "share is f4", "month has no unit or no meaning",
        "kind has no unit or no meaning",
    ]  # fmt: skip


def test_a_table_without_a_class_is_found() -> None:
    untyped = Schema.of("Untyped", Column("size", "f8", "m", "how long", Sight.FILE))
    assert faults(untyped) == ["Untyped is not a class of the module that declares it"]
