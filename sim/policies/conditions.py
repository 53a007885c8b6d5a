"""Levers that depend on what a bank knows: ordered rules, of which the first that holds counts.

    pd_max:
      otherwise: 0.08
      when:
        - {if: {amount: {over: 500000}, sector: [construction, services]}, then: 0.05}

All conditions of one rule must hold.  A fact that is not known yet meets no condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.core.arrays import Bools, Integers
from sim.policies.known_facts import FACTS, Moment

BOUNDS = {"over": np.greater, "from": np.greater_equal, "under": np.less, "up_to": np.less_equal}
Known = Mapping[str, Any]  # fact: its values, (n,)
Names = Mapping[str, Sequence[str]]  # fact: the names of its values


class Condition(NamedTuple):
    """What one fact must be: within bounds, or one of some values."""

    fact: str
    bounds: tuple[tuple[str, float], ...] = ()  # of `BOUNDS`
    values: tuple[Any, ...] = ()  # numbers or names; empty where bounds are given

    def holds(self, known: Known, names: Names) -> Bools:
        """Return for which files it holds, shape (n,)."""
        found = known[self.fact]
        if self.values:
            return np.asarray(np.isin(found, self.codes(names)))
        met = [BOUNDS[bound](found, limit) for bound, limit in self.bounds]
        return np.asarray(np.logical_and.reduce(met))

    def codes(self, names: Names) -> list[float]:
        """Return the values as numbers."""
        listed = FACTS[self.fact].names or names.get(self.fact, ())
        return [listed.index(v) if isinstance(v, str) else v for v in self.values]

    def plain(self) -> Any:
        """Return it as YAML would write it."""
        return dict(self.bounds) or (self.values[0] if len(self.values) == 1 else [*self.values])


class Rule(NamedTuple):
    """The value of a lever where all conditions hold."""

    conditions: tuple[Condition, ...]
    value: Any

    def holds(self, known: Known, names: Names) -> Bools:
        """Return for which files all conditions hold, shape (n,)."""
        met = [condition.holds(known, names) for condition in self.conditions]
        return np.asarray(np.logical_and.reduce(met))


class Conditional(NamedTuple):
    """A lever with rules; `key` leads to it from the bank."""

    key: tuple[str, ...]
    moment: Moment
    otherwise: Any
    rules: tuple[Rule, ...]

    def choice(self, known: Known, names: Names, size: int) -> Integers:
        """Return the number of the rule that counts, from 1, or 0 for `otherwise`, shape (n,)."""
        chosen = np.zeros(size, np.int64)
        for number in range(len(self.rules), 0, -1):
            chosen[self.rules[number - 1].holds(known, names)] = number
        return chosen

    def value(self, choice: int) -> Any:
        """Return the value for a number from `choice`."""
        return self.rules[choice - 1].value if choice else self.otherwise

    @property
    def facts(self) -> set[str]:
        """The facts on which it depends."""
        return {condition.fact for rule in self.rules for condition in rule.conditions}

    def plain(self) -> dict[str, Any]:
        """Return it as YAML would write it."""
        when = [
            {"if": {each.fact: each.plain() for each in rule.conditions}, "then": rule.value}
            for rule in self.rules
        ]
        return {"otherwise": self.otherwise, "when": when}


def choices(levers: Sequence[Conditional], known: Known, names: Names, size: int) -> Integers:
    """Return the choice of each lever for each file, shape (levers, n)."""
    return np.array([lever.choice(known, names, size) for lever in levers]).reshape(-1, size)
