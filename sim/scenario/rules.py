"""Reads the rules of one lever from plain data, and collects what is wrong in them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from sim.core.columns import Schema
from sim.core.errors import nearest
from sim.core.sight import Sight
from sim.policies.conditions import BOUNDS, Condition, Conditional, Rule
from sim.policies.known_facts import FACTS, Fact, Moment, known_at
from sim.scenario.extending import without_otherwise
from sim.scenario.positions import shown
from sim.state.applications import APPLICATIONS
from sim.state.firms import FIRMS
from sim.state.loans import LOANS
from sim.state.relations import RELATIONS

Location = tuple[str | int, ...]

MOST_RULES = 50  # of one lever
PARTS = ("otherwise", "when")
RULE = ("if", "then")
TABLES: Sequence[Schema[Any]] = (FIRMS, APPLICATIONS, LOANS, RELATIONS)
MOMENT_WORDS = {
    Moment.APPLICATION: "before the investigation",
    Moment.DECISION: "at the decision",
    Moment.LOAN: "of a live loan",
}


class Faults:
    """What is wrong in the data of a bank, each at its location."""

    def __init__(self, title: str):
        self._title = title
        self._found: list[Any] = []

    def add(self, at: Location, message: str, value: Any) -> None:
        """Note what is wrong with the value at a location."""
        error = {"error": ValueError(message)}
        self._found.append({"type": "value_error", "loc": at, "input": value, "ctx": error})

    def take(self, error: ValidationError, moved: Mapping[Location, Location]) -> None:
        """Note the faults of an error, with locations changed as `moved` says."""
        for fault in error.errors(include_url=False):
            at = fault["loc"]
            self._found.append(
                {
                    "type": fault["type"],
                    "loc": moved.get(at, at),
                    "input": fault["input"],
                    "ctx": fault.get("ctx", {}),
                }
            )

    def raise_any(self) -> None:
        """Raise `ValidationError` if anything is wrong."""
        if self._found:
            raise ValidationError.from_exception_data(self._title, self._found)


def read_lever(
    key: tuple[str, ...],
    moment: Moment,
    data: dict[str, Any],
    at: Location,
    faults: Faults,
    default: Any = None,
) -> Conditional | None:
    """Return the lever written as ``{otherwise: ..., when: [...]}``; None if it is wrong.

    `default` is the declared value of the lever, which the message about a missing `otherwise` has.
    """
    if not _has_keys(data, PARTS, ("when",), at, faults):
        return None
    if "otherwise" not in data:
        usual = "nothing" if default is None else shown(default)
        faults.add(at, without_otherwise(f"the usual value is {usual}"), data)
        return None
    rules = data["when"]
    if not isinstance(rules, list) or not 0 < len(rules) <= MOST_RULES:
        message = f"must be a list of 1 to {MOST_RULES} rules {{if: ..., then: ...}}"
        faults.add((*at, "when"), f"{message}; found {shown(rules)}", rules)
        return None
    read = [_rule(rule, moment, (*at, "when", number), faults) for number, rule in enumerate(rules)]
    good = tuple(rule for rule in read if rule is not None)
    return Conditional(key, moment, data["otherwise"], good) if len(good) == len(read) else None


def _has_keys(
    data: Any, known: Sequence[str], needed: Sequence[str], at: Location, faults: Faults
) -> bool:
    if not isinstance(data, dict):
        faults.add(at, f"must be a mapping of {' and '.join(known)}; found {shown(data)}", data)
        return False
    unknown = [name for name in data if name not in known]
    for name in unknown:
        hint = nearest(name, known) or f"; known: {', '.join(known)}"
        faults.add((*at, name), f"unknown key '{name}'{hint}", {})
    missing = [name for name in needed if name not in data]
    if missing:
        faults.add(at, f"'{missing[0]}' is missing", data)
    return not unknown and not missing


def _rule(data: Any, moment: Moment, at: Location, faults: Faults) -> Rule | None:
    if not _has_keys(data, RULE, RULE, at, faults):
        return None
    asked = data["if"]
    if not isinstance(asked, dict) or not asked:
        message = f"must be a mapping of facts to what they must be; found {shown(asked)}"
        faults.add((*at, "if"), message, asked)
        return None
    read = [_condition(fact, asked[fact], moment, (*at, "if", fact), faults) for fact in asked]
    good = tuple(condition for condition in read if condition is not None)
    return Rule(good, data["then"]) if len(good) == len(read) else None


def _condition(
    name: str, data: Any, moment: Moment, at: Location, faults: Faults
) -> Condition | None:
    if name not in known_at(moment):
        faults.add(at, _unknown(name, moment), {})
        return None
    fact = FACTS[name]
    if isinstance(data, dict):
        bounds = _bounds(fact, data, at, faults)
        return None if bounds is None else Condition(name, bounds=bounds)
    values = data if isinstance(data, list) else [data]
    wrong = [value for value in values if not _fits(fact, value)]
    if values and not wrong and fact.continuous:
        faults.add(at, _equality(fact, values), None)
        return None
    if wrong or not values:
        found = shown(wrong[0] if wrong else data)
        endless = _endless(wrong[0]) if wrong else ""
        faults.add(at, f"must be {_allowed(fact)}; found {found}{endless}", None)
        return None
    return Condition(name, values=tuple(values))


def _equality(fact: Fact, values: list[Any]) -> str:
    """Return why a fact that can be any number may not be compared for equality."""
    one = shown(values[0])
    ways = ", ".join(f"{{{bound}: {one}}}" for bound in BOUNDS)
    return f"{one} would mean exactly {one} ({fact.unit}), which hardly any file is; write {ways}"


def _unknown(name: str, moment: Moment) -> str:
    """Return why a condition cannot name this."""
    known = known_at(moment)
    listed = f"known {MOMENT_WORDS[moment]}: {', '.join(known)}"
    if name in FACTS:
        when = " and ".join(MOMENT_WORDS[one] for one in FACTS[name].moments)
        return f"'{name}' is known only {when}; {listed}"
    for table in TABLES:
        for column in table:
            if column.name == name and column.sight > Sight.REPORTED:
                seen = "no bank sees it" if column.sight == Sight.HIDDEN else "it is on no file"
                return f"'{name}' is {column.sight.name}: {seen}; {listed}"
    return f"a bank knows no fact '{name}'{nearest(name, known)}; {listed}"


def _bounds(
    fact: Fact, data: dict[str, Any], at: Location, faults: Faults
) -> tuple[tuple[str, float], ...] | None:
    if fact.names or fact.named_by_scenario:
        faults.add(at, f"must be {_allowed(fact)}; found {shown(data)}", None)
        return None
    if not data or not _has_keys(data, tuple(BOUNDS), (), at, faults):
        if not data:
            faults.add(at, f"must be {_allowed(fact)}; found {{}}", None)
        return None
    for bound, limit in data.items():
        if not _is_number(limit):
            found = f"must be a number ({fact.unit}); found {shown(limit)}"
            faults.add((*at, bound), found + _endless(limit), None)
            return None
    return tuple((bound, float(limit)) for bound, limit in data.items())


def _fits(fact: Fact, value: Any) -> bool:
    if fact.names:
        return value in fact.names
    return isinstance(value, str) if fact.named_by_scenario else _is_number(value)


def _is_number(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value)


def _endless(value: Any) -> str:
    """Return that a number is not finite, where it is one and is not."""
    endless = isinstance(value, float) and not math.isfinite(value)
    return ", which is not finite" if endless else ""


def _allowed(fact: Fact) -> str:
    if fact.names:
        return f"one or a list of {', '.join(fact.names)}"
    if fact.named_by_scenario:
        return "one name or a list of names"
    bounds = ", ".join(BOUNDS)
    if fact.continuous:
        return f"bounds ({fact.unit}): {bounds}"
    return f"a number ({fact.unit}), a list of numbers, or bounds: {bounds}"
