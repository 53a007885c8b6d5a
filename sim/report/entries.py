"""What was compared: each measure or arm with its title and its mechanism."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.core.names import BASE, PACKAGE
from sim.results.folder import Results
from sim.results.wording import plain


class Item(NamedTuple):
    """One compared measure or arm: its name, its title, and its mechanism."""

    name: str
    title: str
    why: str


def items(results: Results) -> list[Item]:
    """Return the measures and further scenarios of a study, or the arms of other folders."""
    if results.kind == "study":
        together = "All measures below together." if results.study.get("measures") else ""
        found = [*_bases(results), Item(results.title_of(PACKAGE), "The package", together)]
        for name, one in results.study.get("measures", {}).items():
            shown = results.title_of(name)
            title = "" if one["title"] == shown else one["title"]
            found.append(Item(shown, title, _sentence(one["why"])))
        for name, one in results.study.get("arms", {}).items():
            found.append(Item(results.title_of(name), "Also run", _sentence(one["why"])))
        return found
    return [
        Item(results.title_of(name), "", _why(arm.scenario))
        for name, arm in results.manifest.arms.items()
    ]


def _bases(results: Results) -> list[Item]:
    """Return the base, or the base of each bank."""
    found = []
    for one in results.banks or (results,):
        where = f", bank {plain(one.name)}" if results.banks else ""
        base = one.manifest.arms.get(BASE)
        why = _why(base.scenario) if base else ""
        found.append(Item(f"{results.title_of(BASE)}{where}", "The base", why))
    return found


def joined_parts(results: Results) -> str:
    """Return which measures are grouped under one name for attribution; usually empty."""
    titles = {
        results.title_of(part): ", ".join(map(results.title_of, members))
        for part, members in results.study.get("parts", {}).items()
    }
    groups = [f"{part} ({members})" for part, members in titles.items() if part != members]
    return f"Measures grouped for attribution: {'; '.join(groups)}." if groups else ""


def _why(scenario: Mapping[str, Any]) -> str:
    return _sentence(str(scenario.get("why", "")))


def _sentence(text: str) -> str:
    """Return a text with a capital first letter and a full stop."""
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?" else f"{text}."
