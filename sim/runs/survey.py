"""A survey of a run folder: which runs in it are complete, and which files are not read.

There is no separate index of the parts, so nothing can disagree with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sim.core.errors import RequestError
from sim.core.names import printable
from sim.runs.aside import set_aside
from sim.runs.layout import TABLES, Folder
from sim.runs.manifest import Manifest
from sim.runs.parts import NAME, Part, read_part, remove_part
from sim.runs.readable import listed


@dataclass
class Survey:
    """What a folder holds.

    `done` gives the finished seeds of each arm.  Not read are: `damaged` parts, whose content is
    wrong or lacks a table; `unfinished` ones, which lack the table that is written last; `doubled`
    ones, all of whose runs are also in a joined part; `mixed` ones, some of whose runs are; and
    `stray` files, which are no parts.
    """

    parts: dict[str, Part] = field(default_factory=dict)
    done: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    damaged: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)


def survey(folder: Folder, manifest: Manifest, *, thorough: bool = True) -> Survey:
    """Read every part of a folder; without `thorough`, only the ends of the files.

    Raises `RequestError` for a part of another plan or model, and for one that the system does not
    let us read.
    """
    files = {table: listed(folder.root / table) for table in TABLES}
    found = Survey(stray=list(_stray(files)))
    finished = {name for name in files[TABLES[-1]] if NAME.fullmatch(name)}
    complete: dict[str, Part] = {}
    for file in sorted({name for names in files.values() for name in names}):
        name = file.removesuffix(".parquet")
        if not NAME.fullmatch(file):
            continue
        if file not in finished:
            found.unfinished.append(name)
        elif (part := read_part(folder, name, thorough=thorough)) is None:
            found.damaged.append(name)
        else:
            _belongs(folder, name, part, manifest)
            complete[name] = part
    for name, part in sorted(complete.items(), key=lambda item: (-item[1].runs, item[0])):
        known = sum(len(found.done[held.arm].intersection(held.seeds)) for held in part.held)
        if known:
            (found.doubled if known == part.runs else found.mixed).append(name)
            continue
        found.parts[name] = part
        for held in part.held:
            found.done[held.arm].update(held.seeds)
    return found


def _stray(files: dict[str, list[str]]) -> Iterator[str]:
    """Yield the files that no reader takes for a part; hidden ones are left out."""
    for table, names in files.items():
        yield from (
            f"{table}/{printable(name)}"
            for name in names
            if not NAME.fullmatch(name) and not name.startswith((".", "_"))
        )


def notes(folder: Folder, found: Survey) -> Iterator[str]:
    """Yield a line for each kind of file that is not read, with the names."""
    for names, what in (
        (found.damaged, "damaged: repeating the command moves it to aside/ and runs it again"),
        (found.unfinished, "without its runs: repeating the command moves it to aside/"),
        (found.mixed, "not read, since some of its runs are in another part too"),
    ):
        yield from (f"{folder}: part {name} is {what}" for name in names)
    for name in found.stray:
        yield f"{folder}: {name} is no part of the results and is not read"


def tidy(folder: Folder, found: Survey) -> Iterator[str]:
    """Leave only complete parts in the tables, so that plain readers see no others.

    Parts are moved to `aside/`; only those whose every run is in a joined part, which compacting
    has compared with them, are removed.  Yields a line for each part moved and each stray file.
    """
    for names, what in (
        (found.damaged, "is damaged and"),
        (found.unfinished, "lacks its runs and"),
        (found.mixed, "repeats runs of another part and"),
    ):
        set_aside(folder, names)
        yield from (f"{folder}: part {name} {what} was moved to {folder.aside}" for name in names)
    for name in found.doubled:
        remove_part(folder, name)
    folder.sweep()
    for name in found.stray:
        yield f"{folder}: {name} is no part of the results and is not read"


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
