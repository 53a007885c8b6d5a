"""Which arms a study has, what each is called, and which scenario each one runs.

An arm is a set of measures, with further settings if needed; its name follows from the set, so
that one set is run once even if many questions need it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sim.analysis.coalitions import MOST_EXACT, Coalition, Question, draw_orders, needed
from sim.analysis.experiments.blocks import ArmBlock
from sim.analysis.experiments.kinds.study import Study
from sim.core.errors import RequestError, nearest
from sim.core.names import BASE, PACKAGE
from sim.scenario.schema import Scenario
from sim.scenario.varying import varied

ORDERS_KEY = 20_181  # fixed, so that a study has the same arms each time


@dataclass(frozen=True)
class Arm:
    """One arm: measures in the order given, and what it varies besides."""

    name: str
    measures: tuple[str, ...]
    block: ArmBlock = field(default_factory=ArmBlock)


def arm_of_measures(study: Study, chosen: Collection[str]) -> Arm:
    """Return the arm with these measures: base, a, a + b, package - c, or package."""
    every = list(study.measures)
    inside = tuple(name for name in every if name in chosen)
    out = [name for name in every if name not in chosen]
    if not inside:
        name = BASE
    elif not out:
        name = PACKAGE
    elif len(out) == 1 and len(inside) > 1:
        name = f"{PACKAGE} - {out[0]}"
    else:
        name = " + ".join(inside)
    return Arm(name, inside)


def arm_named(study: Study, name: str) -> Arm:
    """Return the arm of a name; raise `RequestError` for an unknown name."""
    if name == BASE:
        return arm_of_measures(study, ())
    if name == PACKAGE:
        return arm_of_measures(study, study.measures)
    if name in study.content.arms:
        own = study.content.arms[name]
        chosen = set(study.measures) if PACKAGE in own.measures else set(own.measures)
        inside = arm_of_measures(study, chosen).measures
        return Arm(name, inside, own)
    whole, minus, rest = name.partition(f"{PACKAGE} - ")
    words = rest.split(" - ") if minus and not whole else name.split(" + ")
    for word in words:
        if word not in study.measures:
            known = [BASE, PACKAGE, *study.content.arms, *study.measures]
            raise RequestError(
                f"no arm called '{name}'{nearest(name, known)}; known: {', '.join(known)}, "
                "and measures joined by ' + ' or taken from the package by ' - '"
            )
    chosen = set(study.measures) - set(words) if minus and not whole else set(words)
    return arm_of_measures(study, chosen)


def is_arm(study: Study, name: str) -> bool:
    """Return whether a study may ask for an arm of this name."""
    try:
        arm_named(study, name)
    except RequestError:
        return False
    return True


def arm_of_parts(study: Study, coalition: Coalition) -> Arm:
    """Return the arm with all measures of some parts."""
    return arm_of_measures(study, {name for part in coalition for name in study.parts[part]})


def is_exact(study: Study) -> bool:
    """Return whether the shares of all parts can be computed exactly."""
    return len(study.parts) <= MOST_EXACT


def has_every_coalition(study: Study) -> bool:
    """Return whether every set of parts is an arm, as exact shares need."""
    return "attribution" in study.content.questions and is_exact(study)


def orders_of(study: Study) -> list[tuple[str, ...]]:
    """Return a sample of the orders of parts, for when the parts are too many."""
    return draw_orders(list(study.parts), study.content.order_pairs, ORDERS_KEY)


def coalitions_of(study: Study) -> list[Coalition]:
    """Return the sets of parts that the questions need."""
    requested = study.content.questions
    questions: list[Question] = ["package"]
    questions += [one for one in ("alone", "leave-one-out", "interactions") if one in requested]
    orders: list[tuple[str, ...]] = []
    if has_every_coalition(study):
        questions.append("shapley")
    elif "attribution" in requested:
        orders += orders_of(study)
    if "ladder" in requested:
        orders.append(tuple(study.parts))
    return needed(list(study.parts), questions, orders)


def arms_of(study: Study, claimed: Iterable[str] = ()) -> dict[str, Arm]:
    """Return all arms that questions and claims need, the base and the package first."""
    arms = [arm_named(study, BASE), arm_named(study, PACKAGE)]
    if "alone" in study.content.questions:
        arms += [arm_of_measures(study, {name}) for name in study.measures]
    arms += [arm_of_parts(study, coalition) for coalition in coalitions_of(study)]
    arms += [arm_named(study, name) for name in (*study.content.arms, *claimed)]
    return {arm.name: arm for arm in arms}


def scenario_of(study: Study, arm: Arm) -> Scenario:
    """Return the scenario of an arm; raise `RequestError` at the line that is wrong."""
    block = varied(arm.block, {"measures": list(arm.measures)})
    key = ("arms", arm.name) if arm.name in study.content.arms else ()
    return study.varied(study.bare, block, key, name=arm.name)


__all__ = [
    "Arm", "arm_named", "arm_of_measures", "arm_of_parts", "arms_of", "coalitions_of",
    "has_every_coalition", "is_arm", "is_exact", "orders_of", "scenario_of",
]  # fmt: skip
