"""Parameters: frozen values whose fields say their unit, bounds, meaning and source.

Storage, YAML schema, reference pages and the command line all read these declarations, so a
number is described once, where it is used.  Compiled code cannot read such objects; `record`
hands it the numeric fields as a named tuple.
"""

from __future__ import annotations

import copy
import sys
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from sim.core.errors import RequestError
from sim.core.pulled import Pulled

checked = model_validator(mode="after")  # marks a method that refuses impossible combinations

GRADES = {
    "P": "published",
    "R": "regulation or official statistic",
    "D": "derived in this project",
    "A": "assumed, to be swept",
    "C": "calibrated to the targets file",
}


NO_LEVER = {
    "price": "what one unit of a lever costs in money",
    "scale": "the hours, days or size in which a lever is counted",
    "nature": "how people and markets are",
    "rule": "set by law, a supervisor or a contract",
    "conduct": "what officers do without being told",
    "bias": "an error of judgement",
    "method": "a choice of method that takes no more effort",
}


def param(
    default: Any = ...,
    *,
    unit: str,
    meaning: str,
    source: str,
    cost: str = "",
    no_lever: str = "",
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    lt: float | None = None,
    choices: tuple[str, ...] | None = None,
    **pulled: Any,
) -> Any:
    """Declare one parameter.

    `source` starts with a grade letter of `GRADES` and a colon, for example
    ``"A: no published value"``.  `cost` says, for a lever, what pulling it costs and in which
    account that is charged.  What a bank has and cannot pull says with `no_lever`, one word of
    `NO_LEVER`, why it has no cost.  `pulled` says of a lever what `Pulled` holds.
    """
    grade = source.split(":", 1)[0]
    if grade not in GRADES:
        raise ValueError(f"source {source!r} must start with one of {sorted(GRADES)} and a colon")
    if no_lever and (cost or no_lever not in NO_LEVER):
        raise ValueError(f"no_lever {no_lever!r} must be one of {sorted(NO_LEVER)}, without a cost")
    extra: dict[str, Any] = {"unit": unit, "source": source}
    if cost:
        extra["cost"] = cost
    if no_lever:
        extra["no_lever"] = no_lever
    if pulled:
        extra["pulled"] = Pulled(**pulled)._asdict()
    if choices:
        extra["enum"] = list(choices)
    return Field(
        default,
        description=meaning,
        ge=ge,
        gt=gt,
        le=le,
        lt=lt,
        json_schema_extra=extra,
        # YAML knows lists only, so a tuple takes one
        strict=False if isinstance(default, tuple) else None,
    )


def limits(*, ge: float, le: float) -> Any:
    """Return the bounds of one of the types that a parameter may have, for `Annotated`."""
    return Field(ge=ge, le=le)


def read_first(read: Callable[[Any], Any]) -> Any:
    """Return, for `Annotated`, that a stated value is read by a function before it is checked."""
    return BeforeValidator(read)


def group(factory: Callable[[], Any], meaning: str = "") -> Any:
    """Declare a field that holds parameters of its own, made by `factory` when not given."""
    return Field(default_factory=factory, description=meaning or None)


class Params(BaseModel):
    """A frozen set of parameters; unknown keys, wrong types and impossible values are refused.

    Equality, hash, copies and pickles consist of the fields alone, never of what a
    `cached_property` has computed from them, so that use changes none of them.
    """

    _record_type: ClassVar[Any] = None

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        fields = cls.model_fields.items()
        numeric = [name for name, field in fields if field.annotation in (int, float, bool)]
        name = f"{cls.__name__}Record"
        record = namedtuple(name, numeric, module=cls.__module__)  # type: ignore[misc]
        cls._record_type = record
        # compiled code is cached by the importable name of the types that it was compiled for
        setattr(sys.modules[cls.__module__], name, record)

    def record(self) -> NamedTuple:
        """Return the numeric fields as a named tuple of floats (booleans as 0.0 and 1.0)."""
        return self._record

    @cached_property
    def _record(self) -> NamedTuple:
        kind = type(self)._record_type
        values: NamedTuple = kind(*(float(getattr(self, name)) for name in kind._fields))
        return values

    def _stated(self) -> dict[str, Any]:
        """Return the fields alone, without computed values."""
        stored = self.__dict__
        return {name: stored[name] for name in type(self).model_fields if name in stored}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Params):
            return NotImplemented
        return type(self) is type(other) and self._stated() == other._stated()

    def __iter__(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override]
        yield from self._stated().items()

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        given = set(state["__pydantic_fields_set__"])
        return state | {"__dict__": self._stated(), "__pydantic_fields_set__": given}

    def __copy__(self) -> Self:
        other = type(self).__new__(type(self))
        other.__setstate__(self.__getstate__())
        return other

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        other = type(self).__new__(type(self))
        memo = {} if memo is None else memo
        memo[id(self)] = other
        other.__setstate__(copy.deepcopy(self.__getstate__(), memo))
        return other

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; `update` is refused, because pydantic would not check the values."""
        if update:
            raise RequestError("model_copy would not check these values; use scenario.with_({...})")
        return copy.deepcopy(self) if deep else copy.copy(self)

    # pydantic would let private names and computed values be replaced
    def __setattr__(self, name: str, value: Any) -> None:
        raise self._frozen(name, value)

    def __delattr__(self, name: str) -> None:
        raise self._frozen(name, None)

    def _frozen(self, name: str, value: Any) -> ValidationError:
        fault: Any = {"type": "frozen_instance", "loc": (name,), "input": value}
        return ValidationError.from_exception_data(type(self).__name__, [fault])
