"""What an open quantity of a study is called on an axis: its meaning, as it was declared."""

from __future__ import annotations

from functools import cache
from typing import Any

OWN = {
    "strength": "Strength of the measures (1: as assumed)",
    "cost_multiple": "Price of the measures (1: as assumed)",
}
UNITS = {
    "ratio": "", "share": "", "1/year": "share a year", "1/month": "share a month",
    "sd": "standard deviations",
}  # fmt: skip


def quantity_words(key: str) -> str:
    """Return the words for a dotted key, its own last names where it is not declared."""
    if key in OWN:
        return OWN[key]
    parts = key.split(".")
    if parts[0] == "banks":
        parts[1] = "main"
    return _declared().get(".".join(parts), " ".join(parts[-2:]).replace("_", " "))


@cache
def _declared() -> dict[str, str]:
    from sim.core.params import describe
    from sim.scenario.schema import FAMILIES, Bank, Scenario

    found = [*describe(Scenario), *describe(Bank, "banks.main.")]
    families: dict[str, Any] = dict(FAMILIES)
    for name, family in families.items():
        for member in family.members.values():
            found += describe(member, f"banks.main.{name}.")
    return {one.key: _titled(one.meaning, one.unit) for one in found}


def _titled(meaning: str, unit: str) -> str:
    text = meaning.partition(";")[0]
    said = UNITS.get(unit, unit)
    return text[:1].upper() + text[1:] + (f" ({said})" if said else "")
