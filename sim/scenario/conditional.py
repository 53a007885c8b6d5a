"""A bank whose levers depend on what it knows: finds the rules in its data, and checks them.

For every set of values that rules can give together, the bank is checked as if these values had
been stated, so a value of a rule has the bounds of its lever and may not clash with others.  Which
sets there are is found by trying the values of each fact at which some condition changes.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from pydantic import BaseModel, ValidationError

from sim.policies.conditional_levers import moment_of, why_not
from sim.policies.conditions import Conditional, choices
from sim.policies.known_facts import FACTS, Moment
from sim.scenario.rules import Faults, Location, read_lever
from sim.scenario.tracing import Declared

MOST_CASES = 200_000  # combinations of facts that are tried

Bank = Any  # the parameters of a bank, a class that imports this file


class Conditions(NamedTuple):
    """The levers of a bank that depend on what it knows, and the bank for each set of values."""

    levers: tuple[Conditional, ...]
    variants: Mapping[tuple[bool, tuple[int, ...]], Bank]

    def at(self, moment: Moment) -> list[Conditional]:
        """Return the levers that are applied to applications, or those to loans."""
        of_loans = moment == Moment.LOAN
        return [lever for lever in self.levers if (lever.moment == Moment.LOAN) == of_loans]

    def variant(self, moment: Moment, chosen: tuple[int, ...]) -> Bank:
        """Return the bank in which each lever of `at` has the value chosen for it."""
        return self.variants[moment == Moment.LOAN, chosen]

    def written_into(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the data of the bank with all rules in their places."""
        for lever in self.levers:
            _put(data, lever.key, lever.plain())
        return data

    @property
    def keys(self) -> list[str]:
        """The keys of the levers, from the bank, with dots."""
        return [".".join(lever.key) for lever in self.levers]


def conditional_bank(
    model: type[BaseModel], data: Any, make: Callable[[Any], Bank]
) -> tuple[Bank, Conditions | None]:
    """Return the bank that `make` gives where no rule holds, and its conditions.

    Raises `ValidationError` located at the rule, value or fact at fault.
    """
    if not isinstance(data, dict) or not _has_rules(data):
        return make(data), None
    plain, faults = copy.deepcopy(data), Faults(model.__name__)
    found = [
        lever
        for family in data
        if isinstance(data[family], dict)
        for lever in _levers_of(model, family, data[family], plain, faults)
    ]
    faults.raise_any()
    bank = make(plain)
    levers = tuple(lever for lever, _ in found)
    where = {lever.key: at for lever, at in found}
    conditions = Conditions(levers, {})
    variants: dict[tuple[bool, tuple[int, ...]], Bank] = {}
    for moment in (Moment.DECISION, Moment.LOAN):
        group = conditions.at(moment)
        if group:
            for chosen in _reached(group, where, faults):
                values = dict(zip((lever.key for lever in group), chosen, strict=True))
                made = _variant(plain, group, values, where, make)
                variants[moment == Moment.LOAN, chosen] = made
    return bank, Conditions(levers, variants)


def _has_rules(data: Any) -> bool:
    if not isinstance(data, dict):
        return False
    return any(
        isinstance(value, dict) and ("when" in value or "otherwise" in value or _has_rules(value))
        for value in data.values()
    )


def _levers_of(
    model: type[BaseModel], family: str, data: dict[str, Any], plain: dict[str, Any], faults: Faults
) -> list[tuple[Conditional, Location]]:
    """Return the conditional levers of one policy, and put their `otherwise` into `plain`."""
    declared = Declared(model).inner(family)
    members = declared.members()
    at: Location = (family,)
    member = declared.model
    if members:
        kind = str(data.get("kind"))
        if kind not in members:
            return []  # the check that follows says what is wrong
        member, at = members[kind], (family, kind)
    if member is None:
        return []
    return list(_walk(member, family, (), at, data, plain[family], faults))


def _walk(
    model: type[BaseModel],
    family: str,
    path: tuple[str, ...],
    at: Location,
    data: dict[str, Any],
    plain: dict[str, Any],
    faults: Faults,
) -> Any:
    for name, value in data.items():
        field = model.model_fields.get(name)
        if field is None or not isinstance(value, dict):
            continue
        inner = Declared(field.annotation).model
        if inner is not None:
            yield from _walk(inner, family, (*path, name), (*at, name), value, plain[name], faults)
        elif "when" in value or "otherwise" in value:
            here = (*at, name)
            key = ".".join((*path, name))
            default = field.get_default(call_default_factory=True)
            plain[name] = value.get("otherwise", default)
            if reason := why_not(family, key, field):
                faults.add(here, f"takes one value for all files, without `when`: {reason}", value)
                continue
            moment = moment_of(family, key)
            lever = read_lever((family, *path, name), moment, value, here, faults, default)
            if lever is not None:
                yield lever._replace(otherwise=plain[name]), here


def _reached(
    levers: Sequence[Conditional], where: Mapping[tuple[str, ...], Location], faults: Faults
) -> list[tuple[int, ...]]:
    """Return the choices that occur together, one of each lever; refuse rules that never count."""
    turns = _turning_points(levers)
    cases = 1
    for points, _ in turns.values():
        cases *= len(points)
    if cases > MOST_CASES:
        faults.add(
            where[levers[0].key],
            f"the rules of this bank divide what it knows into {cases:,} cases; at most "
            f"{MOST_CASES:,} are allowed: use fewer facts or limits",
            None,
        )
        faults.raise_any()
    columns = [np.array(column, float) for column in zip(*itertools.product(
        *(points for points, _ in turns.values())), strict=True)]  # fmt: skip
    known = dict(zip(turns, columns, strict=True))
    names = {fact: listed for fact, (_, listed) in turns.items() if listed}
    chosen = choices(levers, known, names, cases)
    for lever, choice in zip(levers, chosen, strict=True):
        for number in sorted({*range(1, len(lever.rules) + 1)} - {*choice.tolist()}):
            message = "never counts: it cannot hold, or an earlier rule holds wherever it does"
            rule = (*where[lever.key], "when", number - 1, "if")
            faults.add(rule, message, lever.plain()["when"][number - 1]["if"])
    faults.raise_any()
    return [tuple(one) for one in np.unique(chosen, axis=1).T.tolist()]


def _turning_points(
    levers: Sequence[Conditional],
) -> dict[str, tuple[list[float], Sequence[str]]]:
    """Return, for each fact, values on every side of all conditions, and the names of its codes."""
    conditions = [
        condition for lever in levers for rule in lever.rules for condition in rule.conditions
    ]
    found: dict[str, tuple[list[float], Sequence[str]]] = {}
    for name in sorted({condition.fact for condition in conditions}):
        mine = [condition for condition in conditions if condition.fact == name]
        fact = FACTS[name]
        values = [value for condition in mine for value in condition.values]
        if fact.names:
            found[name] = [float(code) for code in range(len(fact.names))], fact.names
            continue
        if fact.named_by_scenario:
            listed = tuple(dict.fromkeys(str(value) for value in values))
            found[name] = [float(code) for code in range(len(listed) + 1)], listed
            continue
        limits = {float(v) for v in values} | {v for one in mine for _, v in one.bounds}
        points = {point for limit in limits for point in _around(limit, fact.whole)}
        # before the decision, what the investigation finds is not known
        later = fact.moments == (Moment.DECISION,)
        found[name] = sorted(points) + [np.nan] * later, ()
    return found


def _around(limit: float, whole: bool) -> Sequence[float]:
    if whole:
        low, high = np.floor(limit), np.ceil(limit)
        return float(low - 1.0), float(low), float(high), float(high + 1.0)
    return float(np.nextafter(limit, -np.inf)), limit, float(np.nextafter(limit, np.inf))


def _variant(
    plain: dict[str, Any],
    levers: Sequence[Conditional],
    chosen: Mapping[tuple[str, ...], int],
    where: Mapping[tuple[str, ...], Location],
    make: Callable[[Any], Bank],
) -> Bank:
    """Return the bank with the chosen values; an error is located at the rule that gives it."""
    data = copy.deepcopy(plain)
    moved: dict[Location, Location] = {}
    for lever in levers:
        number, at = chosen[lever.key], where[lever.key]
        _put(data, lever.key, lever.value(number))
        moved[at] = (*at, "when", number - 1, "then") if number else (*at, "otherwise")
    try:
        return make(data)
    except ValidationError as error:
        faults = Faults(error.title)
        faults.take(error, moved)
        faults.raise_any()
        raise


def _put(data: dict[str, Any], key: Sequence[str], value: Any) -> None:
    for part in key[:-1]:
        data = data.setdefault(part, {})
    data[key[-1]] = value
