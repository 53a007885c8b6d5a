"""Runs that failed: one JSON line each in failures.jsonl, with the traceback.

The file is only appended to.  A run that succeeds later is done, even if it is listed here.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from sim.runs.layout import Folder, refused
from sim.runs.readable import ABSENT, readable


@dataclass(frozen=True)
class Failure:
    """One failed run; `kind` is ``raised`` or ``crashed`` (it killed its worker)."""

    arm: str
    seed: int
    kind: str
    error: str
    traceback: str
    at: str


def append_failures(folder: Folder, failures: Iterable[Failure]) -> None:
    """Add failures to the file; raises `RequestError` when the disk cannot be written."""
    lines = b"".join(json.dumps(dataclasses.asdict(one)).encode() + b"\n" for one in failures)
    if not lines:
        return
    with refused(folder.failures), folder.failures.open("a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            # a line truncated by a kill must not absorb the next one
            lines = lines if file.read(1) == b"\n" else b"\n" + lines
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def read_failures(folder: Folder) -> list[Failure]:
    """Return the recorded failures, the last one for each run; none without the file.

    Raises `RequestError` when the system does not let us read it.
    """
    found: dict[tuple[str, int], Failure] = {}
    one_failure = TypeAdapter(Failure)
    try:
        with readable(folder.failures):
            content = folder.failures.read_bytes()
    except ABSENT:
        return []
    for line in content.splitlines():
        try:
            failure = one_failure.validate_json(line)
        except ValidationError:
            continue  # truncated by a kill: that run counts as missing
        found[failure.arm, failure.seed] = failure
    return list(found.values())


def failed_seeds(
    folder: Folder, arms: Collection[str], done: Mapping[str, Collection[int]]
) -> dict[str, set[int]]:
    """Return, for each arm, the seeds that failed and have not been done since."""
    failed: defaultdict[str, set[int]] = defaultdict(set)
    for failure in read_failures(folder):
        if failure.arm in arms and failure.seed not in done.get(failure.arm, ()):
            failed[failure.arm].add(failure.seed)
    return dict(failed)
