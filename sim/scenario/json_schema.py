"""The JSON Schema with which an editor completes and explains a file during writing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from sim.policies.conditional_levers import MOMENTS, conditional_levers
from sim.scenario.rules import MOST_RULES

VALUE = ("type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum")
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
    for holder in _conditional_levers():
        _offer_rules(schema, *holder)
    if extends:
        schema["properties"] = {"extends": _EXTENDS} | schema.get("properties", {})
    return schema


def _conditional_levers() -> Iterator[tuple[type[BaseModel], str]]:
    """Yield the class and the name of each lever that may have rules."""
    from sim.scenario.schema import FAMILIES

    families: dict[str, Any] = dict(FAMILIES)
    for family in MOMENTS:
        for member in families[family].members.values():
            for key in conditional_levers(family, member):
                *path, name = key.split(".")
                holder: Any = member
                for part in path:
                    holder = holder.model_fields[part].annotation
                yield holder, name


def _offer_rules(schema: dict[str, Any], holder: type[BaseModel], name: str) -> None:
    """Let a lever be a value, or rules that give such values."""
    defined = schema.get("$defs", {})
    long_name = f"{holder.__module__}.{holder.__name__}".replace(".", "__")
    model = defined.get(holder.__name__) or defined.get(long_name)
    if model is None or "anyOf" in (lever := model["properties"][name]):
        return
    value = {key: lever.pop(key) for key in VALUE if key in lever}
    rule = {
        "type": "object",
        "properties": {"if": {"type": "object", "minProperties": 1}, "then": value},
        "required": ["if", "then"],
        "additionalProperties": False,
    }
    rules = {
        "type": "object",
        "properties": {
            "otherwise": value,
            "when": {"type": "array", "items": rule, "minItems": 1, "maxItems": MOST_RULES},
        },
        "required": ["otherwise", "when"],
        "additionalProperties": False,
    }
    lever["anyOf"] = [value, rules]


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
