"""The layer rules: which room may import which room, and which outside package lives where.

A rule returns the sentences that say what breaks it and how to mend that; none means kept.
"""

from __future__ import annotations

from pathlib import Path

from tests.architecture.imports import PACKAGE, Import, imports_of

# Rooms on one line are neighbours that never import one another.
LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in """
    core
    credit
    state
    mechanisms world policies outcomes
    scenario
    model
    mesa_adapter
    theory runs
    analysis
    results
    report
    apps
    """.strip().splitlines()
)
RANK = {room: rank for rank, layer in enumerate(LAYERS) for room in layer}
ROOMS = tuple(sorted(RANK, key=lambda room: (RANK[room], room)))

HOMES: dict[str, frozenset[str]] = {
    "mesa": frozenset({"mesa_adapter", "apps"}),
    "numba": frozenset({"core", "state", "mechanisms", "world"}),
    "llvmlite": frozenset({"core", "state", "mechanisms", "world"}),
    "pydantic": frozenset({"core", "scenario", "runs"}),
    "pydantic_core": frozenset({"core", "scenario", "runs"}),
    "pyarrow": frozenset({"runs"}),
    "dask": frozenset({"runs"}),
    "distributed": frozenset({"runs"}),
    "matplotlib": frozenset({"report", "apps"}),
    "mpl_toolkits": frozenset({"report", "apps"}),
    "seaborn": frozenset({"report", "apps"}),
    "jinja2": frozenset({"report", "apps"}),
    "markupsafe": frozenset({"report", "apps"}),
}

MECHANISM_BASE = "MechanismParams"
FRONT_DOOR = ""  # sim/__init__.py itself: it may name every room, and no room may use it


def broken_layers(root: Path) -> list[str]:
    """Return one sentence for each import that breaks a layer rule."""
    said = [f"{found} — {why}" for found in imports_of(root) if (why := _objection(found))]
    return list(dict.fromkeys(said))  # a name given to import_module is seen twice


def _objection(found: Import) -> str:
    here, (package, *rest) = _room(found.importer), found.target.split(".")
    if package in HOMES:
        homes = HOMES[package]
        return "" if here in homes else f"{package} lives only in {', '.join(sorted(homes))}"
    if package != PACKAGE or here == FRONT_DOOR:
        return ""
    there = rest[0] if rest else FRONT_DOOR
    if there not in RANK:
        return "import from the room itself, not through the front door"
    if here == there:
        return _between_mechanisms(found) if here == "mechanisms" else ""
    if here not in RANK:
        return f"'{here}' is no room of the house"
    if RANK[here] == RANK[there]:
        return f"{here} and {there} never import one another"
    if RANK[here] < RANK[there]:
        return f"{here} stands below {there}; move the code up, or what it needs down"
    return ""


def _between_mechanisms(found: Import) -> str:
    mine, other = found.importer.split(".")[2:3], found.target.split(".")[2:3]
    if not mine or not other or other == mine or other in (["base"], [MECHANISM_BASE]):
        return ""
    return "a mechanism never imports another; what both need belongs in state or credit"


def _room(module: str) -> str:
    return [*module.split("."), FRONT_DOOR][1]
