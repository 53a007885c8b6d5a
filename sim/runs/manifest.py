"""The manifest of a run folder: everything needed to repeat the runs, in one JSON file."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import field
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from sim.core.errors import RequestError
from sim.runs.layout import TABLES, Folder
from sim.runs.plan import Plan
from sim.runs.plugins import plugins_of
from sim.runs.readable import ABSENT, listed, readable
from sim.runs.seeds import recorded_seeds, spell
from sim.runs.version import package_versions

FORMAT = 1
TYPED = ConfigDict(extra="forbid", strict=True)


def _as_tuple(seeds: Any) -> Any:
    """Read seeds as a manifest spells them, ``1-500,600``."""
    return recorded_seeds(seeds) if isinstance(seeds, str) else seeds


@dataclass(config=TYPED)
class ArmRecord:
    """One arm: its resolved scenario, the hash of that, and the keys that made it this arm."""

    hash: str
    scenario: dict[str, Any]
    chosen: dict[str, Any] = field(default_factory=dict)


@dataclass(config=TYPED)
class Session:
    """One time that runs were added: when, with which packages, and how many were run."""

    started: str
    packages: dict[str, str]
    ended: str | None = None
    ran: int = 0


@dataclass(config=TYPED)
class Manifest:
    """What a folder holds; `sessions` has one entry for each time that runs were added.

    `asked` is why it was run, as given by the caller: the command line, a study's hypothesis.
    `plugins` maps the source of each plug-in that the runs depend on to the digest of its content.
    """

    model: str
    packages: dict[str, str]
    seeds: Annotated[tuple[int, ...], BeforeValidator(_as_tuple)]
    arms: dict[str, ArmRecord]
    started: str
    finished: str | None = None
    sessions: list[Session] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)
    plugins: dict[str, str] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """Return the number of runs planned."""
        return len(self.arms) * len(self.seeds)


def now() -> str:
    """Return the time as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def arms_of(plan: Plan) -> dict[str, ArmRecord]:
    """Return the arms of a plan as a manifest records them."""
    return {
        name: ArmRecord(
            scenario.hash, scenario.model_dump(mode="json"), dict(plan.chosen.get(name, {}))
        )
        for name, scenario in plan.arms.items()
    }


def new_manifest(plan: Plan, model: str) -> Manifest:
    """Return the manifest of a plan that is about to start."""
    return Manifest(
        model, package_versions(), plan.seeds, arms_of(plan), started=now(),
        plugins=plugins_of(plan),
    )  # fmt: skip


def write_manifest(folder: Folder, manifest: Manifest) -> None:
    """Write the manifest completely or not at all; raises `RequestError` if that fails."""
    content = {"format": FORMAT} | _fields(manifest) | {"seeds": spell(manifest.seeds)}
    text = json.dumps(content, indent=1, ensure_ascii=False, default=_fields)
    with folder.writing(folder.manifest) as [file]:
        file.write(text.encode())


def _fields(record: Any) -> dict[str, Any]:
    """Return the fields of a record; `dataclasses.asdict` would copy every scenario in it."""
    return {one.name: getattr(record, one.name) for one in dataclasses.fields(record)}


def read_manifest(folder: Folder) -> Manifest | None:
    """Return the manifest, None for a folder without runs; raises `RequestError` if unreadable."""
    try:
        with readable(folder.manifest):
            raw = folder.manifest.read_bytes()
    except ABSENT:
        if any(name.endswith(".parquet") for t in TABLES for name in listed(folder.root / t)):
            raise RequestError(
                f"{folder} holds parts but no manifest.json, so their content is unknown; "
                "choose another folder"
            ) from None
        return None
    try:
        content = json.loads(raw)
    except ValueError as fault:
        raise _damaged(folder, str(fault)) from fault
    if not isinstance(content, dict):
        raise _damaged(folder, "it holds no mapping")
    found = content.pop("format", None)
    if found != FORMAT:
        raise RequestError(f"{folder.manifest}: format {found!r}; this version reads {FORMAT}")
    try:
        return TypeAdapter(Manifest).validate_json(json.dumps(content))
    except ValidationError as fault:
        first = fault.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise _damaged(folder, f"{key}: {first['msg']}") from fault


def _damaged(folder: Folder, why: str) -> RequestError:
    return RequestError(
        f"{folder.manifest}: damaged: {why}; nothing was changed; restore the file from a copy, or "
        "choose another folder"
    )


def known_manifest(folder: Folder) -> Manifest:
    """Return the manifest of a folder that must have one; raises `RequestError` if not."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise RequestError(f"{folder}: no run folder (it has no manifest.json); check the path")
    return manifest
