"""The label of an open quantity of a study: its declared meaning and unit."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from sim.results.wording import without_symbol


class Quantity(NamedTuple):
    """The label of a quantity, unit included, the factor from stored to shown value, and the unit.

    The label ends in the unit, in parentheses, if there is one.
    """

    words: str
    factor: float = 1.0
    unit: str = ""

    @property
    def title(self) -> str:
        """The label without the unit."""
        return self.words.removesuffix(f" ({self.unit})")


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
    text = without_symbol(meaning.partition(";")[0])
    shown, factor = UNITS.get(unit, (unit, 1.0))
    if unit.startswith("share of"):
        shown, factor = "%", 100.0
    words = text[:1].upper() + text[1:] + (f" ({shown})" if shown else "")
    return Quantity(words, factor, shown)
