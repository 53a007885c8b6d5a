"""Every policy of every family: what it does, and its own keys."""

from __future__ import annotations

import sys
from typing import Any

TITLE = "Policies. Choose one per family with `kind`; * marks the default."
COLUMNS = ("family", "kind", "meaning", "keys")
PROSE = ("meaning", "keys")


def rows() -> list[tuple[Any, ...]]:
    """Return one row per member of each family."""
    from sim.scenario.schema import FAMILIES, BankParams

    families: dict[str, Any] = dict(FAMILIES)
    default = BankParams()
    found = []
    for name, family in families.items():
        for kind, member in family.members.items():
            mark = "*" if getattr(default, name).kind == kind else ""
            keys = [key for key in member.model_fields if key != "kind"]
            found.append((name, kind + mark, _meaning(member), ", ".join(keys)))
    return found


def _meaning(member: type[Any]) -> str:
    """Return the first sentence of the module that defines a policy."""
    text = sys.modules[member.__module__].__doc__ or member.__doc__ or ""
    return " ".join(text.split("\n\n")[0].split())
