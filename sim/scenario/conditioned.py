"""Parameters whose levers may depend on what a bank knows; they read and write as in a file."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Self

from pydantic import (
    ModelWrapValidatorHandler,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from sim.core.params import Params
from sim.scenario.conditional import Conditions, conditional_bank


class Conditioned(Params):
    """A bank's parameters; a lever with rules reads as the value that applies where none does."""

    _conditions: Conditions | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _read_conditions(cls, data: Any, make: ModelWrapValidatorHandler[Self]) -> Self:
        bank, conditions = conditional_bank(cls, data, make)
        if conditions is not None:
            object.__setattr__(bank, "__pydantic_private__", {"_conditions": conditions})
        return bank

    @model_serializer(mode="wrap")
    def _write_conditions(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = write(self)
        return data if self.conditions is None else self.conditions.written_into(data)

    @cached_property
    def conditions(self) -> Conditions | None:
        """The levers that depend on what the bank knows, and their rules."""
        return self._conditions

    @property
    def variants(self) -> list[Self]:
        """The bank with each set of values that its levers can have together."""
        return [self] if self.conditions is None else [*self.conditions.variants.values()]

    def __eq__(self, other: object) -> bool:
        alike = super().__eq__(other)
        if alike is not True or not isinstance(other, Conditioned):
            return alike
        mine, its = self.conditions, other.conditions
        return (mine.levers if mine else ()) == (its.levers if its else ())

    def __hash__(self) -> int:
        return hash(tuple(self._stated().values()))
