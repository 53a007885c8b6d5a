"""The JSON Schema with which an editor completes and explains a file during writing."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

_EXTENDS = {
    "type": "string",
    "title": "Extends",
    "description": "The YAML file, relative to this one, that this file changes.",
}


def json_schema(model: type[BaseModel], extends: bool = True) -> dict[str, Any]:
    """Return the schema of a model's files, with the unit and source of every parameter.

    Unit and source are given under their own names and again in `description`, because editors
    show the description.  Of files that may extend others, no key is required, because a parent may
    supply it.
    """
    schema: dict[str, Any] = _for_editing(model.model_json_schema(), not extends)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    if extends:
        schema["properties"] = {"extends": _EXTENDS} | schema.get("properties", {})
    return schema


def _for_editing(node: Any, whole: bool) -> Any:
    if isinstance(node, list):
        return [_for_editing(item, whole) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {name: _for_editing(item, whole) for name, item in node.items()}
    if isinstance(schema.get("required"), list) and not whole:
        del schema["required"]
    # without a required `kind`, an incomplete mapping may match several members of a union
    if isinstance(schema.get("oneOf"), list):
        schema["anyOf"] = schema.pop("oneOf")
    if isinstance(schema.get("unit"), str) and isinstance(schema.get("source"), str):
        meaning = schema.get("description", "")
        schema["description"] = f"{meaning} [{schema['unit']}] Source: {schema['source']}".strip()
    return schema
