"""Whether arms can be compared: they share their months, their start and at least one bank.

Money over three months says nothing next to money over six, and an outcome needs a bank in both
arms.  So such arms are refused before anything is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.core.errors import RequestError


def refuse_incomparable(arms: Mapping[str, Any]) -> None:
    """Raise `RequestError` if an arm (name: scenario) cannot be compared with the first one."""
    (base, first), *others = arms.items()
    for name, other in others:
        why = _why(first, other)
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
