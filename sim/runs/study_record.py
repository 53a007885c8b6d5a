"""The record of a study's tables: to which runs they belong; written last, as `study.json`."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from sim.runs.manifest import TYPED
from sim.runs.readable import ABSENT, readable


@dataclass(config=TYPED)
class StudyRecord:
    """What the tables of a study were computed from; `banks` in a study over several banks.

    `leader` names the part that contributes most, the second, and whether they differ; `trends`
    has the levels, in stored units, that each claim about a trend compares; `chains` the arms,
    outcomes, parts and levers of each claim.
    """

    seeds: int
    stopped: str
    bank: str = ""
    arms: list[str] = field(default_factory=list)
    single: dict[str, str] = field(default_factory=dict)
    best_order: list[str] = field(default_factory=list)
    leader: tuple[str, str, bool] = ("", "", False)
    trends: dict[str, dict[str, Any]] = field(default_factory=dict)
    chains: dict[str, dict[str, Any]] = field(default_factory=dict)
    banks: list[str] = field(default_factory=list)
    twins: list[list[str]] = field(default_factory=list)  # pairs of banks with one base scenario
    missing: list[str] = field(default_factory=list)  # why the tables on other numbers are


def read_study_record(path: Path) -> StudyRecord | None:
    """Return the record; None where it is missing or damaged, so that no table is trusted.

    Raises `RequestError` when the system does not let us read it.
    """
    try:
        with readable(path):
            content = path.read_bytes()
    except ABSENT:
        return None
    try:
        return TypeAdapter(StudyRecord).validate_json(content)
    except ValidationError:
        return None
