"""A lever that depends on what the bank knows, in words: its values, and where each applies.

``0.05, and 0.6 where the grade is special mention``: of several rules the first that holds counts,
so each further one is told as "or else".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sim.policies.known_facts import FACTS

BOUNDS = {"over": "over", "from": "at least", "under": "under", "up_to": "at most"}
Write = Callable[[Any, str], str]  # a value and its unit, as text


def is_rule(value: Any) -> bool:
    """Return whether the value of a lever is a set of rules."""
    return isinstance(value, Mapping) and "when" in value


def rule_words(value: Mapping[str, Any], unit: str, write: Write) -> str:
    """Return the rules of a lever in words; `write` shows a value with its unit."""
    otherwise = "as before" if "otherwise" not in value else write(value["otherwise"], unit)
    said = [
        f"{write(rule['then'], unit)} where {conditions(rule['if'], write)}"
        for rule in value["when"]
    ]
    return f"{otherwise}, and {'; or else '.join(said)}"


def conditions(facts: Mapping[str, Any], write: Write) -> str:
    """Return what must hold at once: ``the amount is over CNY 500,000 and the sector is retail``.

    Each fact is a value, a list of values, or bounds.
    """
    return " and ".join(_condition(name, wanted, write) for name, wanted in facts.items())


def _condition(name: str, wanted: Any, write: Write) -> str:
    unit = FACTS[name].unit if name in FACTS else ""
    fact = name.replace("_", " ").replace("pd", "PD")
    if isinstance(wanted, Mapping):
        limits = [f"{BOUNDS.get(one, one)} {write(v, unit)}" for one, v in wanted.items()]
        return f"the {fact} is {' and '.join(limits)}"
    values = wanted if isinstance(wanted, list | tuple) else [wanted]
    shown = [v.replace("_", " ") if isinstance(v, str) else write(v, unit) for v in values]
    return f"the {fact} is {' or '.join(shown)}"
