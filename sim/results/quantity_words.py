"""The label of an open quantity of a study: its declared meaning and unit."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple


class Quantity(NamedTuple):
    """The label of a quantity, unit included, and the factor from stored to shown value."""

    words: str
    factor: float = 1.0


OWN = {
    "strength": Quantity("Strength of the measures (1: as assumed)"),
    "cost_multiple": Quantity("Price of the measures (1: as assumed)"),
}
UNITS = {  # declared unit: shown unit, factor
    "ratio": ("", 1.0), "share": ("%", 100.0), "1/year": ("%\u00a0a\u00a0year", 100.0),
    "1/month": ("%\u00a0a\u00a0month", 100.0), "sd": ("standard deviations", 1.0),
}  # fmt: skip


def quantity(key: str) -> Quantity:
    """Return the label of a dotted key; its last two names if it is not declared."""
    if key in OWN:
        return OWN[key]
    parts = key.split(".")
    if parts[0] == "banks":
        parts[1] = "main"
    return _declared().get(
        ".".join(parts), Quantity(" ".join(parts[-2:]).replace("_", " ").capitalize())
    )


@cache
def _declared() -> dict[str, Quantity]:
    from sim.core.described import describe
    from sim.scenario.schema import FAMILIES, BankParams, Scenario

    found = [*describe(Scenario), *describe(BankParams, "banks.main.")]
    families: dict[str, Any] = dict(FAMILIES)
    for name, family in families.items():
        for member in family.members.values():
            found += describe(member, f"banks.main.{name}.")
    return {one.key: _text(one.meaning, one.unit) for one in found}


def _text(meaning: str, unit: str) -> Quantity:
    text = meaning.partition(";")[0]
    shown, factor = UNITS.get(unit, (unit, 1.0))
    if unit.startswith("share of"):
        shown, factor = "%", 100.0
    return Quantity(text[:1].upper() + text[1:] + (f" ({shown})" if shown else ""), factor)
