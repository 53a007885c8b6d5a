"""Parameters say what they are, refuse what cannot be, and never change."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from sim.core.described import bounds_of, describe
from sim.core.params import Params, checked, group, param


def figure(default: Any = ..., **more: Any) -> Any:
    return param(default, unit="share", meaning="A made-up share", source="A: for the test", **more)


class Part(Params):
    size: float = figure(2.0, gt=0)


class Completeness(Params):
    """A made-up set of parameters."""

    chance: float = figure(0.5, ge=0, lt=1)
    count: int = figure(3, ge=1, le=9)
    on: bool = figure(True)
    mode: str = figure("fast", choices=("fast", "slow"))
    pair: tuple[float, float] = figure((0.25, 0.75))
    part: Part = group(Part, "something of its own")
    name: str = ""

    @checked
    def _pair_adds_up(self) -> Completeness:
        if sum(self.pair) != 1.0:
            raise ValueError("pair must add up to 1")
        return self


@pytest.mark.parametrize(
    "wrong",
    [
        {"chance": -1e-9}, {"chance": 1.0}, {"chance": float("nan")}, {"chance": float("inf")},
        {"chance": "0.5"}, {"count": 0}, {"count": 10}, {"count": 2.5}, {"on": 1}, {"on": "true"},
        {"pair": (0.5, 0.6)}, {"pair": (1.0,)}, {"part": {"size": 0}}, {"part": {"sise": 1}},
        {"chanse": 0.5}, {"part": 3},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refusal:
        Completeness.model_validate(wrong)
    assert len(refusal.value.errors()) == 1


@pytest.mark.parametrize(
    "right",
    [{}, {"chance": 0}, {"chance": 0.999}, {"count": 9}, {"part": {"size": 1}}, {"pair": [0, 1]}],
)
def test_what_can_be_is_taken(right: dict[str, Any]) -> None:
    assert Completeness.model_validate(right).model_fields_set == set(right)


def test_a_set_of_parameters_never_changes() -> None:
    whole = Completeness()
    with pytest.raises(ValidationError, match="frozen"):
        whole.chance = 0.1
    with pytest.raises(ValidationError, match="frozen"):
        whole.part.size = 1.0


def test_compiled_code_is_handed_the_numbers_alone() -> None:
    record = Completeness(count=4, on=False).record()
    assert record._asdict() == {"chance": 0.5, "count": 4.0, "on": 0.0}
    assert {type(value) for value in record} == {float}
    assert Completeness(count=5).record().count == 5.0


def test_every_parameter_needs_a_source_with_a_grade() -> None:
    for source in ("", "somewhere", "Q: no such grade", "assumed: a word is no grade"):
        with pytest.raises(ValueError, match="must start with one of"):
            param(1.0, unit="", meaning="", source=source)


def test_descriptions_name_nested_parameters_with_dots() -> None:
    rows = {row.key: row for row in describe(Completeness, "bank.")}
    assert list(rows) == [
        "bank.chance", "bank.count", "bank.on", "bank.mode", "bank.pair", "bank.part.size",
    ]  # fmt: skip
    assert rows["bank.chance"].bounds == "[0, 1)"
    assert rows["bank.part.size"].bounds == "(0, inf)"
    assert rows["bank.on"].bounds == "true or false"
    assert rows["bank.mode"].bounds == "one of fast, slow"
    assert rows["bank.count"].default == 3
    assert {row.unit for row in rows.values()} == {"share"}


def test_a_parameter_without_a_default_is_required() -> None:
    class Needy(Params):
        must: float = figure(ge=0)

    assert next(iter(describe(Needy))).default == "required"
    with pytest.raises(ValidationError, match="must"):
        Needy()
    assert bounds_of(Needy.model_fields["must"]) == "[0, inf)"
