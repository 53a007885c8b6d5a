"""Whether arms can be compared: they share their months, their start and at least one bank.

Money over three months says nothing next to money over six, and an outcome needs a bank in both
arms.  So such arms are refused before anything is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.core.errors import RequestError
from sim.scenario.positions import shown

BESIDES = ("firms", "economy", "mechanisms")  # what is not the bank's
SHOWN = 5  # keys in a note


def refuse_incomparable(arms: Mapping[str, Any], totals: bool = False) -> None:
    """Raise `RequestError` if an arm (name: scenario) cannot be compared with the first one.

    With `totals`, sums over the market are compared too, so that all need the same number of firms.
    """
    (base, first), *others = arms.items()
    for name, other in others:
        why = _why(first, other)
        if not why and totals and first.firms.count != other.firms.count:
            why = (
                f"firms.count is {first.firms.count:,} and {other.firms.count:,}, so their totals "
                "say nothing about each other; give both the same (--set firms.count=...)"
            )
        if why:
            raise RequestError(f"'{base}' and '{name}' cannot be compared: {why}")


def unshared_banks(arms: Mapping[str, Any]) -> str:
    """Return which banks are left out of a comparison since an arm lacks them; may be empty."""
    (base, first), *others = arms.items()
    for name, other in others:
        both = [bank for bank in first.banks if bank in other.banks]
        if len(both) < max(len(first.banks), len(other.banks)):
            return f"note: compared in {base} and {name}: {', '.join(both)}, which both have"
    return ""


def besides_banks(arms: Mapping[str, Any]) -> str:
    """Return which keys differ besides those of the banks, with their values; may be empty.

    The difference between such arms is not the effect of the banks' policies alone.
    """
    values = [
        {key: value for part in BESIDES for key, value in _leaves(getattr(arm, part), part)}
        for arm in arms.values()
    ]
    every = list(dict.fromkeys(key for one in values for key in one))
    differ = [key for key in every if any(one.get(key) != values[0].get(key) for one in values)]
    if not differ:
        return ""
    texts = [
        f"{key} {', '.join(dict.fromkeys(shown(one.get(key)) for one in values))}"
        for key in differ[:SHOWN]
    ]
    more = [f"and {len(differ) - SHOWN} more keys"] if len(differ) > SHOWN else []
    return f"note: not only the bank differs: {'; '.join([*texts, *more])}"


def _leaves(params: Any, key: str) -> Iterator[tuple[str, Any]]:
    """Yield dotted key and value of everything in parameters that is no mapping."""
    data = params.model_dump(mode="json") if hasattr(params, "model_dump") else params
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from _leaves(value, f"{key}.{name}")
    else:
        yield key, data


def _why(first: Any, other: Any) -> str:
    """Return why two scenarios cannot be compared, or an empty text."""
    for key, mine, its in (
        ("horizon", first.horizon, other.horizon),
        ("burn_in.months", first.burn_in.months, other.burn_in.months),
        ("burn_in.nature_months", first.burn_in.nature_months, other.burn_in.nature_months),
    ):
        if mine != its:
            return f"{key} is {mine} and {its} months; give both the same"
    if not set(first.banks) & set(other.banks):
        return f"no bank is in both ({', '.join(first.banks)}; {', '.join(other.banks)})"
    return ""
