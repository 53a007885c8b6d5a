"""Which key of the file an error location from pydantic refers to, and what is declared there.

Pydantic puts the tags of unions among the keys (``banks, main, screening, noisy, accuracy``);
following the declared types along the location separates tags from keys.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.positions import Key

IN_RULES = ("otherwise", "when", "then")  # keys below which a lever with rules has its values


@dataclass(frozen=True)
class Declared:
    """What a model declares for one value: its type, bounds, and extras such as the unit."""

    annotation: Any = None  # None: not known
    rules: tuple[Any, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    tag: str | None = None  # the key that distinguishes the members of a union

    def bare(self) -> Declared:
        """Return the same without `Annotated` and without an allowed None."""
        found = self
        while True:
            arguments = get_args(found.annotation)
            if get_origin(found.annotation) is Annotated:
                found = replace(found, annotation=arguments[0]).with_rules(arguments[1:])
            elif found.is_union and type(None) in arguments:
                others = tuple(item for item in arguments if item is not type(None))
                found = replace(found, annotation=Union[others])  # noqa: UP007 - built from data
            else:
                return found

    def with_rules(self, rules: tuple[Any, ...] | list[Any]) -> Declared:
        """Return the same with the rules of an `Annotated` added."""
        found = self
        for rule in rules:
            if isinstance(rule, FieldInfo):
                found = found.with_field(rule)
            else:
                found = replace(found, rules=(*found.rules, rule))
        return found

    def with_field(self, info: FieldInfo) -> Declared:
        """Return the same with what a pydantic field adds."""
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        tag = info.discriminator if isinstance(info.discriminator, str) else self.tag
        found = replace(self, extra={**self.extra, **extra}, tag=tag)
        return found.with_rules(info.metadata)

    @property
    def is_union(self) -> bool:
        """Whether the type is a union, written either way."""
        return get_origin(self.annotation) in (Union, types.UnionType)

    @property
    def nullable(self) -> bool:
        """Whether None is allowed."""
        inside = self
        while get_origin(inside.annotation) is Annotated:
            inside = replace(inside, annotation=get_args(inside.annotation)[0])
        return inside.is_union and type(None) in get_args(inside.annotation)

    @property
    def model(self) -> type[BaseModel] | None:
        """The model class, if the value is a mapping with declared keys."""
        declared = self.bare().annotation
        is_model = isinstance(declared, type) and issubclass(declared, BaseModel)
        return declared if is_model else None

    def members(self) -> dict[str, type[BaseModel]]:
        """Return the classes that `kind` (or another tag) chooses among; empty if none."""
        bare = self.bare()
        if bare.tag is None:
            return {}
        found: dict[str, type[BaseModel]] = {}
        for member in get_args(bare.annotation):
            model = Declared(member).model
            if model is not None and bare.tag in model.model_fields:
                tags = get_args(model.model_fields[bare.tag].annotation)
                found |= {str(tag): model for tag in tags}
        return found

    def inner(self, part: str | int) -> Declared:
        """Return what is declared for the key or index `part` of this value."""
        bare, model = self.bare(), self.model
        if model is not None:
            info = fields_of(model).get(str(part))
            return Declared() if info is None else Declared(info.annotation).with_field(info)
        if bare.annotation in (bool, int, float):  # the values that its rules give are alike
            return self if isinstance(part, int) or part in IN_RULES else Declared()
        origin, arguments = get_origin(bare.annotation), get_args(bare.annotation)
        if not isinstance(origin, type) or not arguments:  # a literal's origin is not a class
            return Declared()
        if issubclass(origin, Mapping):
            return Declared(arguments[1])
        if origin is tuple and arguments[-1] is not Ellipsis:
            inside = isinstance(part, int) and part < len(arguments)
            return Declared(arguments[int(part)]) if inside else Declared()
        return Declared(arguments[0])

    def branch(self, label: str) -> Declared:
        """Return the branch of a union without tag that pydantic calls `label`."""
        for item in get_args(self.bare().annotation):
            name = getattr(get_origin(item) or item, "__name__", str(item))
            if label.split("[")[0].lower() == name.lower() and not Declared(item).is_union:
                return Declared(item)
        return Declared()


@dataclass(frozen=True)
class Trace:
    """An error location from pydantic in the terms of the file."""

    key: Key
    declared: Declared  # of the value at `key`
    owner: Declared  # of the mapping or list that holds it
    union: Key | None  # the key of the outermost union without tag along the location
    choice: Declared  # that union


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a model's fields by the names that a file uses."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def trace(model: type[BaseModel], location: tuple[str | int, ...], data: Any) -> Trace:
    """Return what `location`, in a validation error of `data` against `model`, refers to."""
    key: Key = ()
    owner, declared = Declared(), Declared(model)
    union: Key | None = None
    choice = Declared()
    for part in location:
        members = declared.members()
        if members:
            declared = Declared(members[str(part)]) if part in members else Declared()
        elif declared.bare().is_union:
            if union is None:
                union, choice = key, declared
            declared = declared.branch(str(part))
        elif declared.bare().annotation is not None or _holds(data, part):
            if part == "[key]":  # pydantic's mark of a wrong key
                continue
            owner, declared = declared, declared.inner(part)
            key = (*key, part)
            data = data[part] if _holds(data, part) else None
    return Trace(key, declared, owner, union, choice)


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)
