"""Families of interchangeable parts, each member in its own file and found by its name.

To add a member, add a file: it then appears in YAML, in the JSON Schema, in the command line's
listings and in the contract tests, without any other change.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cached_property
from typing import Annotated, Any, Generic, TypeVar, Union, get_args

from pydantic import Field

from sim.core.errors import RequestError, nearest
from sim.core.params import Params


class Member(Params):
    """A member of a family; `kind` is its name in YAML and the name of its file."""

    kind: str


T = TypeVar("T", bound=Member)


class Family(Generic[T]):
    """All members of one package that derive from one base class."""

    def __init__(self, package: str, base: type[T]):
        self.package = package
        self.base = base
        self.name = package.rsplit(".", 1)[-1]

    @cached_property
    def members(self) -> dict[str, type[T]]:
        """Map each kind to its class, in the order of the file names."""
        found: dict[str, type[T]] = {}
        path = importlib.import_module(self.package).__path__
        for info in pkgutil.iter_modules(path):
            module = importlib.import_module(f"{self.package}.{info.name}")
            for item in vars(module).values():
                if not (isinstance(item, type) and issubclass(item, self.base)):
                    continue
                if item is self.base or item.__module__ != module.__name__:
                    continue
                if kind_of(item) in found:
                    raise TypeError(f"two members of {self.name} are called {kind_of(item)}")
                found[kind_of(item)] = item
        return found

    def get(self, kind: str) -> type[T]:
        """Return the class called `kind`; raise `RequestError` naming the nearest one."""
        if kind not in self.members:
            known = ", ".join(self.members)
            raise RequestError(
                f"no {self.name} called '{kind}'; known: {known}{nearest(kind, self.members)}"
            )
        return self.members[kind]

    def annotation(self) -> Any:
        """Return the pydantic type of a field that holds one member, chosen by `kind`."""
        classes = tuple(self.members.values())
        if len(classes) == 1:
            return classes[0]
        return Annotated[Union[classes], Field(discriminator="kind")]  # noqa: UP007 - built from data


def kind_of(member: type[Member]) -> str:
    """Return the name that a member class declares."""
    names = get_args(member.model_fields["kind"].annotation)
    if len(names) != 1:
        raise TypeError(f"{member.__name__} must declare one kind, as `kind: Literal['name']`")
    return str(names[0])
