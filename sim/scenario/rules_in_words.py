"""The rules of a bank's levers as sentences, so that a reader sees what a file means."""

from __future__ import annotations

from typing import Any

from sim.policies.conditions import Condition, Conditional, Rule
from sim.policies.known_facts import FACTS
from sim.scenario.positions import shown
from sim.scenario.schema import Scenario

BOUND_WORDS = {"over": "over", "from": "at least", "under": "under", "up_to": "at most"}


def rules_in_words(scenario: Scenario) -> list[str]:
    """Return a line per lever with rules: ``main.pricing.margin: 0.02 if amount is over ...``."""
    return [
        f"{name}.{'.'.join(lever.key)}: {_lever(lever)}"
        for name, bank in scenario.banks.items()
        if bank.conditions is not None
        for lever in bank.conditions.levers
    ]


def _lever(lever: Conditional) -> str:
    rules = [f"{_plainly(rule.value)} if {_rule(rule)}" for rule in lever.rules]
    return "; else ".join([*rules, f"in all other cases {_plainly(lever.otherwise)}"])


def _rule(rule: Rule) -> str:
    return " and ".join(_condition(one) for one in rule.conditions)


def _condition(condition: Condition) -> str:
    fact = FACTS[condition.fact]
    unit = "" if fact.names or fact.named_by_scenario else f" {fact.unit}"
    if condition.values:
        return f"{condition.fact} is {' or '.join(map(_plainly, condition.values))}{unit}"
    limits = [f"{BOUND_WORDS[bound]} {_plainly(limit)}" for bound, limit in condition.bounds]
    return f"{condition.fact} is {' and '.join(limits)}{unit}"


def _plainly(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) >= 1.0:
        value = int(value)
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else shown(value)
