"""From a file to an experiment of the kind that it declares."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeVar

from sim.analysis.experiments.experiment import Experiment, ExperimentFile
from sim.core.errors import nearest
from sim.core.registry import Family
from sim.core.shipped import EXPERIMENT_KINDS, located
from sim.scenario.checking import check
from sim.scenario.positions import Document, refusal, shown
from sim.scenario.reading import read_file

EXPERIMENTS: Family[ExperimentFile] = Family("sim.analysis.experiments.kinds", ExperimentFile)
TELLING = frozenset(
    {
        "kind",
        "arms",
        "claims",
        "hypothesis",
        "bases",
        "sweep",
        "seeds",
        "measures",
        "scenarios",
        "factors",
    }
)
SCENARIO = frozenset({"extends", "banks", "firms", "economy", "burn_in", "horizon"})
COMMANDS = {
    "plan": "run",
    "study": "study",
    "banks": "study",
    "factorial": "study",
    "literature": "literature",
    "field": "replicate",
    "calibration": "calibrate",
}
E = TypeVar("E", bound=Experiment[Any])


def load_experiment(path: str | os.PathLike[str]) -> Experiment[Any]:
    """Read an experiment of any kind, with the measures and the base that it names.

    `path` is a path, or the name of a shipped experiment such as ``zhengzhou``.  Paths in the file
    are relative to its folder.  Raises `RequestError` with file, line and column for any error.
    """
    path = located(path, *EXPERIMENT_KINDS)
    document = read_file(path)
    content = check(EXPERIMENTS.members[kind_of(document)], document.data, document.positions)
    return content.read(path, document)


def load_as(path: str | os.PathLike[str], wanted: type[E]) -> E:
    """Read an experiment that must be of one kind; raises `RequestError` as `load_experiment`."""
    found = load_experiment(path)
    if not isinstance(found, wanted):
        raise found.refuse(("kind",), wrong_kind(found.kind, wanted.needed, found.path))
    return found


def wrong_kind(kind: str, needed: str, path: Path) -> str:
    """Return that a file is of another kind than a command needs, and which command runs it."""
    text = f"this is an experiment of kind {kind}; {needed} is needed here"
    return f"{text}; use `smelend {COMMANDS[kind]} {path}`" if kind in COMMANDS else text


def is_experiment(document: Document) -> bool:
    """Return whether a file is an experiment, by keys that no scenario and no measure has."""
    return not TELLING.isdisjoint(document.data)


def kind_of(document: Document) -> str:
    """Return the kind that a file declares; raise `RequestError` for none or an unknown one."""
    at, known = document.positions, EXPERIMENTS.members
    if not is_experiment(document) and SCENARIO & set(document.data):
        raise refusal(
            at[()].key,
            "this is a scenario, not an experiment; use `smelend run` or `smelend compare`",
        )
    if "kind" not in document.data:
        raise refusal(at[()].key, f"kind: missing; must be one of {', '.join(known)}")
    kind = document.data["kind"]
    if not isinstance(kind, str) or kind not in known:
        hint = nearest(str(kind), known)
        message = f"kind: must be one of {', '.join(known)}; found {shown(kind)}{hint}"
        raise refusal(at["kind",].value, message)
    return kind
