"""A plan read and changed as data: its steps in words, one step more, every step wrapped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from sim.core.columns import Schema
from sim.core.errors import RequestError, nearest
from sim.model.plan import EachBank, Plan, Step, for_later, this_month


def steps_of(plan: Plan) -> Iterator[tuple[str, bool, Step[Any]]]:
    """Yield the heading, whether it runs bank by bank, and the step, in the plan's order."""
    for part in plan:
        for one in part.steps:
            for step in one.steps if isinstance(one, EachBank) else (one,):
                yield part.heading, isinstance(one, EachBank), step


def with_step(plan: Plan, step: Step[Any], *, before: str = "", after: str = "") -> Plan:
    """Return a plan with one more step before or after the named one, bank by bank as that is.

    Raises `RequestError` where the plan has no step of that name.
    """
    place = before or after
    names = [one.name for _, _, one in steps_of(plan)]
    if place not in names:
        raise RequestError(f"the month has no step '{place}'{nearest(place, names)}")
    pair = (step,) if before else ()
    last = () if before else (step,)

    def put(steps: tuple[Any, ...]) -> tuple[Any, ...]:
        out: list[Any] = []
        for one in steps:
            if isinstance(one, EachBank):
                out.append(EachBank(put(one.steps)))
            else:
                out += [*pair, one, *last] if one.name == place else [one]
        return tuple(out)

    return tuple(replace(part, steps=put(part.steps)) for part in plan)


def map_steps(plan: Plan, change: Callable[[Step[Any]], Step[Any]]) -> Plan:
    """Return a plan in which every step is what `change` makes of it."""

    def put(steps: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            EachBank(put(one.steps)) if isinstance(one, EachBank) else change(one) for one in steps
        )

    return tuple(replace(part, steps=put(part.steps)) for part in plan)


def own_tables(plan: Plan) -> tuple[Schema[Any], ...]:
    """Return the tables that mechanisms of a plan keep for themselves."""
    named = (one for _, _, step in steps_of(plan) for one in getattr(step.post, "writes", ()))
    return tuple(dict.fromkeys(schema for schema in named if schema.over))


class DescribedStep(NamedTuple):
    """One step of a plan in words."""

    part: str  # heading of the part of the month
    name: str
    by_bank: bool  # runs for each bank in turn
    does: str  # first sentence of its rule's docstring
    rule: str  # dotted name
    posting: str  # dotted name, '' where nothing is posted
    writes: tuple[str, ...]  # tables that a mechanism's posting names


def described(plan: Plan) -> tuple[DescribedStep, ...]:
    """Return every step of a plan in words, in its order."""
    return tuple(
        DescribedStep(
            part=heading,
            name=step.name,
            by_bank=by_bank,
            does=_first_sentence(_explained(step).__doc__ or step.name),
            rule=_dotted(step.rule),
            posting="" if step.post is for_later else _dotted(step.post),
            writes=tuple(table.name for table in getattr(step.post, "writes", ())),
        )
        for heading, by_bank, step in steps_of(plan)
    )


def _explained(step: Step[Any]) -> Callable[..., Any]:
    """Return what the step does: its rule, or its posting where that needs the books alone."""
    return step.post if step.rule is this_month else step.rule


def _dotted(call: Callable[..., Any]) -> str:
    return f"{call.__module__}.{call.__name__}"


def _first_sentence(text: str) -> str:
    """Return the first sentence of a docstring, without the shapes that it gives."""
    paragraph = " ".join(text.partition("\n\n")[0].split())
    sentence = re.split(r"(?<=\w)[.:;] ", paragraph)[0].rstrip(".")
    return re.sub(r", (shape )?\(\w+,?[^)]*\).*$", "", sentence)
