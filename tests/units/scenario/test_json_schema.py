"""The editor's schema: parameters explained, families completed, partial files accepted."""

from __future__ import annotations

import json
from typing import Any

from sim.scenario.json_schema import json_schema
from tests.units.scenario.standins import SOURCE, World

SCHEMA = json_schema(World)


def nodes(node: Any) -> Any:
    """Yield every mapping of the schema."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from nodes(item)


def test_a_parameter_keeps_unit_source_bounds_and_meaning() -> None:
    count = SCHEMA["properties"]["count"]
    assert count["unit"] == "firms"
    assert count["source"] == SOURCE
    assert (count["minimum"], count["maximum"], count["default"]) == (1, 500_000, 3000)
    assert count["description"] == f"Firms [firms] Source: {SOURCE}"


def test_extends_is_known_and_other_keys_are_not() -> None:
    assert SCHEMA["properties"]["extends"]["type"] == "string"
    assert SCHEMA["additionalProperties"] is False


def test_a_family_offers_each_kind() -> None:
    screening = SCHEMA["$defs"]["Bank"]["properties"]["screening"]
    offered = {item["$ref"].rsplit("/", 1)[-1] for item in screening["anyOf"]}
    assert offered == {"Noisy", "Absent"}
    assert SCHEMA["$defs"]["Noisy"]["properties"]["kind"]["const"] == "noisy"


def test_a_file_that_extends_another_may_leave_anything_out() -> None:
    assert "required" in World.model_json_schema()  # what is dropped, so that the test can fail
    assert not [node for node in nodes(SCHEMA) if "required" in node or "oneOf" in node]


def test_it_is_json() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
