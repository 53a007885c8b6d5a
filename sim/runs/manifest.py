"""The manifest of a run folder: everything needed to repeat the runs, in one JSON file."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sim.core.errors import RequestError
from sim.runs.layout import TABLES, Folder
from sim.runs.plan import Plan
from sim.runs.seeds import read_seeds, spell
from sim.runs.version import package_versions

FORMAT = 1


@dataclass
class ArmRecord:
    """One arm: its resolved scenario, the hash of that, and the keys that made it this arm."""

    hash: str
    scenario: dict[str, Any]
    chosen: dict[str, Any] = field(default_factory=dict)


@dataclass
class Manifest:
    """What a folder holds; `sessions` has one entry for each time that runs were added.

    `asked` is why it was run, as given by the caller: the command line, a study's hypothesis.
    """

    model: str
    packages: dict[str, str]
    seeds: tuple[int, ...]
    arms: dict[str, ArmRecord]
    started: str
    finished: str | None = None
    sessions: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)

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
    return Manifest(model, package_versions(), plan.seeds, arms_of(plan), started=now())


def write_manifest(folder: Folder, manifest: Manifest) -> None:
    """Write the manifest completely or not at all; raises `RequestError` if that fails."""
    content = {"format": FORMAT} | dataclasses.asdict(manifest) | {"seeds": spell(manifest.seeds)}
    with folder.writing(folder.manifest) as [file]:
        file.write(json.dumps(content, indent=1, ensure_ascii=False).encode())


def read_manifest(folder: Folder) -> Manifest | None:
    """Return the manifest, None for a folder without runs; raises `RequestError` if unreadable."""
    try:
        content = json.loads(folder.manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if any(path for table in TABLES for path in (folder.root / table).glob("*.parquet")):
            raise RequestError(
                f"{folder} holds parts but no manifest.json, so their content is unknown; "
                "choose another folder"
            ) from None
        return None
    except NotADirectoryError:
        return None
    except (OSError, ValueError) as fault:
        raise RequestError(f"{folder.manifest}: cannot read it: {fault}") from fault
    found = content.pop("format", None)
    if found != FORMAT:
        raise RequestError(f"{folder.manifest}: format {found!r}; this version reads {FORMAT}")
    arms = {name: ArmRecord(**arm) for name, arm in content.pop("arms").items()}
    return Manifest(**content | {"seeds": read_seeds(content["seeds"]), "arms": arms})


def known_manifest(folder: Folder) -> Manifest:
    """Return the manifest of a folder that must have one; raises `RequestError` if not."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise RequestError(f"{folder}: no run folder (it has no manifest.json); check the path")
    return manifest
