"""A survey of a run folder: which runs in it are complete, and which files are useless.

There is no separate index of the parts, so nothing can disagree with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sim.core.errors import RequestError
from sim.runs.layout import TABLES, Folder
from sim.runs.manifest import Manifest
from sim.runs.parts import NAME, Part, read_part, remove_part


@dataclass
class Survey:
    """What a folder holds.

    `done` gives the finished seeds of each arm; `damaged` names parts that cannot be read
    completely, `spare` names parts that were never finished, or whose runs are also in a larger
    part (left by an interrupted compacting).
    """

    parts: dict[str, Part] = field(default_factory=dict)
    done: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    damaged: list[str] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)


def survey(folder: Folder, manifest: Manifest, *, thorough: bool = True) -> Survey:
    """Read every part of a folder; without `thorough`, only the ends of the files.

    Raises `RequestError` for a part of another plan or model.
    """
    names = {path.stem for table in TABLES for path in (folder.root / table).glob("*.parquet")}
    found = Survey()
    complete: dict[str, Part] = {}
    for name in sorted(name for name in names if NAME.fullmatch(f"{name}.parquet")):
        part = read_part(folder, name, thorough=thorough)
        if not folder.part(TABLES[-1], name).exists():
            found.spare.append(name)
        elif part is None:
            found.damaged.append(name)
        else:
            _belongs(folder, name, part, manifest)
            complete[name] = part
    for name, part in sorted(complete.items(), key=lambda item: (-item[1].runs, item[0])):
        if any(found.done[held.arm].intersection(held.seeds) for held in part.held):
            found.spare.append(name)
            continue
        found.parts[name] = part
        for held in part.held:
            found.done[held.arm].update(held.seeds)
    return found


def tidy(folder: Folder, found: Survey) -> None:
    """Remove damaged and spare parts and unfinished files, so that plain readers see none."""
    for name in (*found.damaged, *found.spare):
        remove_part(folder, name)
    folder.sweep()


def last_written(folder: Folder, parts: Iterable[str]) -> str | None:
    """Return when the last of some parts was written, ISO 8601 in UTC; None without parts."""
    times = [folder.part(TABLES[-1], name).stat().st_mtime for name in parts]
    return datetime.fromtimestamp(max(times), UTC).isoformat(timespec="seconds") if times else None


def _belongs(folder: Folder, name: str, part: Part, manifest: Manifest) -> None:
    for held in part.held:
        arm = manifest.arms.get(held.arm)
        if part.model != manifest.model or arm is None or arm.hash != held.scenario:
            raise RequestError(
                f"{folder}: part {name} (arm '{held.arm}', model {part.model}) does not belong to "
                "this folder's manifest; move it away"
            )
