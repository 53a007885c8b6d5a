"""Whose study it is: on the bank of a shipped thesis, or for the user's own bank."""

from __future__ import annotations

from pathlib import Path

from sim.core.shipped import root
from sim.results.folder import Results

UNNAMED = "my bank"  # what the starter's files call a bank that has no name yet
NAMELESS = (UNNAMED, "scenario", "common")  # also a scenario's name where its file gives none


def bank_of(results: Results) -> str:
    """Return the bank of a shipped thesis, as all measures name it; empty for any other study."""
    named = _theses(results)
    shipped = is_shipped(results) and len(named) == 1 and "common" not in named
    return named.pop() if shipped else ""


def own_bank_of(results: Results) -> str:
    """Return the user's own bank, as all measures name it; otherwise the name of the base."""
    if is_shipped(results):
        return ""
    named = _theses(results)
    names = [*(named if len(named) == 1 else ()), str(results.study.get("base_name", ""))]
    return next((name for name in names if name and name not in NAMELESS), "")


def is_shipped(results: Results) -> bool:
    """Return whether a study comes with the program, and not from a user."""
    return Path(str(results.study.get("file", ""))).is_relative_to(root() / "experiments")


def _theses(results: Results) -> set[str]:
    return {str(one.get("thesis", "")) for one in results.study.get("measures", {}).values()}
