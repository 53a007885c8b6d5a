"""From a file to a checked scenario."""

from __future__ import annotations

import copy
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import RequestError
from sim.core.names import RESERVED, name_fault
from sim.core.shipped import located
from sim.scenario import plugging as plugging  # kinds of installed plug-ins are found
from sim.scenario.checking import check
from sim.scenario.extending import merge_values, read_extended
from sim.scenario.overriding import override, refuse_given_twice
from sim.scenario.positions import Document, refusal
from sim.scenario.schema import Scenario


def load_scenario(
    path: str | os.PathLike[str],
    set: Mapping[str, Any] | None = None,
) -> Scenario:
    """Return the scenario of a YAML file, with settings by dotted key applied to it.

    `path` is a path, or the name of a shipped scenario such as ``zhengzhou/baseline``.  Raises
    `RequestError` with file, line and column for any error.
    """
    given: object = path
    if not isinstance(given, str | os.PathLike):
        raise RequestError(
            f"give the path or the name of a scenario; found a {type(given).__name__}"
        )
    settings: object = set
    if settings is not None and not isinstance(settings, Mapping):
        raise RequestError(
            f"set: give a mapping of dotted keys to values; found a {type(settings).__name__}"
        )
    path = located(path, "scenario")
    document = read_extended(path, on_file=freeze_burn_in)
    _refuse_other_kinds(document)
    if set:
        refuse_given_twice(set)
        document = override(document, set)
    name_document(document, path)
    return check(Scenario, document.data, document.positions)


def _refuse_other_kinds(document: Document) -> None:
    """Refuse a file of an experiment, or of a measure, which has overrides but no bank."""
    kind = document.data.get("kind")
    if isinstance(kind, str) and {"title", "base"} & document.data.keys():
        raise refusal(
            document.positions["kind",].value,
            f"this is an experiment of kind '{kind}', not a scenario",
        )
    if {"title", "overrides"} <= document.data.keys():
        marks = document.positions.get(("overrides",)) or document.positions.get(())
        raise refusal(
            marks.key if marks else None,
            "this is a measure, not a scenario; name it in a study (`measures:`, as in the one "
            "that `smelend init` writes) or in a scenario that extends yours",
        )


def name_document(document: Document, path: Path) -> None:
    """Name a scenario after its file if it has no name; refuse a name that is no good.

    A scenario may be called `base`, as many are; the other arms that a study has are reserved.
    """
    data, at = document.data, document.positions
    data.setdefault("name", name_of(path))
    fault = name_fault(data["name"], RESERVED[1:]) if isinstance(data["name"], str) else ""
    if fault:
        marks = at.get(("name",)) or at.get(())
        raise refusal(marks.value if marks else None, f"name: {fault}")


def freeze_burn_in(merged: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Copy the banks and the economy of a file into its burn-in, if the file states a burn-in.

    Files that extend it inherit these copies, so that no measure acts before month 1 and all arms
    start from the same books.
    """
    burn_in = own.get("burn_in")
    if not isinstance(burn_in, dict):
        return merged
    for part in ("economy", "banks"):
        frozen = copy.deepcopy(merged.get(part, {}))
        if part in burn_in:
            frozen = merge_values(frozen, burn_in[part], (), set())
        if part in merged or part in burn_in:
            merged["burn_in"][part] = frozen
    merged["burn_in"].setdefault("banks", {"main": {}})
    merged["burn_in"].setdefault("economy", {})
    return merged


def name_of(path: str | os.PathLike[str]) -> str:
    """Return ``folder/stem``, or the stem alone for files of the common folder."""
    path = Path(path)
    folder = path.resolve().parent.name
    return path.stem if folder == "scenarios" else f"{folder}/{path.stem}"
