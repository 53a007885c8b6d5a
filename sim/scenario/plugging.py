"""Opens the schema to plug-ins: policies and mechanisms of a user's own, named in YAML.

The classes of the schema stay the same objects; what they accept is built again after each new
kind.  Importing this file is enough for kinds of installed packages to be found.
"""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, Union, get_args

from pydantic.fields import FieldInfo

from sim.core import plugins
from sim.core.errors import RequestError
from sim.core.names import as_given
from sim.core.paths import path_of
from sim.core.plugins import HERE, Plugin
from sim.core.registry import Family, Member, kind_of
from sim.mechanisms.base import MechanismParams
from sim.outcomes import METRICS
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.schema import FAMILIES, BankParams, BurnIn, Scenario

T = TypeVar("T")


def load_plugins(sources: Iterable[str]) -> None:
    """Load plug-ins: files or modules; raises `RequestError` for one that cannot be used."""
    given: object = sources
    if isinstance(given, str | os.PathLike) or not isinstance(given, Iterable):
        raise RequestError(
            f"give a list of plug-ins, each a file or a module; found {as_given(given)}"
        )
    for source in sources:
        plugins.load(str(path_of(source, "plug-in")))


def register(item: T) -> T:
    """Make a class or a metric of this process known by its kind; may be used as a decorator.

    Other processes cannot load it: its runs are simulated here, and no folder of theirs can be
    continued.  Raises `RequestError` for anything that is no policy, mechanism or metric.
    """
    if not plugins.offer(item, Plugin(HERE, "")):
        name = getattr(item, "__name__", repr(item))
        raise RequestError(
            f"register: {name} is no policy, mechanism or metric; derive it from the base of its "
            "family, or decorate it with `metric`"
        )
    return item


def plugins_of(arms: Iterable[object]) -> dict[str, str]:
    """Return the content of each plug-in that scenarios use, or that adds a metric to every run."""
    used = set().union(*(plugins.used_in(arm) for arm in arms))
    owners = (plugins.OWNERS.get(metric.compute) for metric in METRICS.values())
    return dict(sorted(used.union(owner for owner in owners if owner)))


def load_recorded(recorded: Mapping[str, str]) -> None:
    """Load plug-ins with the content that runs were recorded with.

    Raises `RequestError` where one differs, or was never more than a class of another process.
    """
    for source, digest in recorded.items():
        if source == HERE:
            raise RequestError(
                "these runs used a class that a Python session had registered; no other process "
                "can load it: put it in a file and name that with --plugin"
            )
        found = plugins.load(source)
        if found.digest != digest:
            raise RequestError(
                f"plug-in {source}: its content is {found.digest[:12]}, these runs used "
                f"{digest[:12]}; bring that version back"
            )


def _adopt_policy(item: object) -> bool:
    if not isinstance(item, type):
        return False
    for name, family in FAMILIES.items():
        base: type = family.base  # type: ignore[attr-defined]
        if issubclass(item, base) and item is not base:
            _add_policy(name, family, item)  # type: ignore[arg-type]
            return True
    return False


def _add_policy(name: str, family: Family[Any], item: type[Member]) -> None:
    try:
        kind = kind_of(item)
    except TypeError as fault:
        raise RequestError(f"{name}: {fault}") from fault
    _refuse_taken(name, kind, family.members.get(kind), item)
    family.members[kind] = item
    field = copy.copy(BankParams.model_fields[name])
    field.annotation = Union[tuple(family.members.values())]  # type: ignore[assignment] # noqa: UP007
    field.discriminator = "kind" if len(family.members) > 1 else None
    BankParams.model_fields[name] = field
    _rebuild()


def _adopt_mechanism(item: object) -> bool:
    if not (isinstance(item, type) and issubclass(item, MechanismParams)):
        return False
    if item is MechanismParams:
        return False
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", item.__name__).lower()
    known = Mechanisms.model_fields.get(name)
    _refuse_taken("mechanisms", name, known and _class_in(known.annotation), item)
    field = FieldInfo.from_annotated_attribute(item | None, None)  # type: ignore[arg-type]
    field.description = " ".join((item.__doc__ or name).split())
    Mechanisms.model_fields[name] = field
    _rebuild()
    return True


def _class_in(annotation: Any) -> Any:
    """Return the class of a mechanism, with or without an allowed None."""
    return next(iter(get_args(annotation)), annotation)


def _adopt_metric(item: object) -> bool:
    return any(one.compute is item for one in METRICS.values())


def _refuse_taken(family: str, kind: str, known: object, item: type) -> None:
    """Refuse a kind that exists, unless it is the same class, defined again in a notebook."""
    again = getattr(known, "__module__", None) == item.__module__
    if known is not None and known is not item and not again:
        raise RequestError(f"{family}: there is a kind '{kind}' already; choose another name")


def _rebuild() -> None:
    for model in (Mechanisms, BankParams, BurnIn, Scenario):
        model.model_rebuild(force=True)


for _adopter in (_adopt_policy, _adopt_mechanism, _adopt_metric):
    plugins.adopt_with(_adopter)
