"""Books on disk: what the workers of a command share, and what later commands find again.

A file is named by all that its books depend on: what acts before month 1, seeds, the declared
model, its source files and the packages.  It appears complete or not at all, so any number of
commands may use the folder at the same time.  A damaged file is removed and its books are simulated
again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.core.errors import RequestError
from sim.core.params import Params
from sim.model.checkpoint import Checkpoint
from sim.model.checkpoint_file import read_checkpoint, write_checkpoint
from sim.model.kept_books import Key
from sim.model.plan import Plan
from sim.model.plan_edits import steps_of
from sim.runs.version import model_version, package_versions
from sim.scenario.schema import Scenario

LIMIT = "SMELEND_BOOKS_GB"  # environment variable: what the folder may hold
USUAL_LIMIT = 2.0  # GB
PACKAGE = "sim"
ROOMS = ("core", "credit", "state", "mechanisms", "world", "policies", "scenario", "model")


@dataclass(frozen=True)
class BookStore:
    """A folder of books that holds at most `limit` bytes; those used longest ago leave first."""

    folder: Path
    limit: int

    def find(self, key: Key) -> Checkpoint | None:
        """Return the books kept under a key; None where there are none that can be read."""
        path = self._path(key)
        if self.limit <= 0 or not path.exists():
            return None
        try:
            books, _ = read_checkpoint(path)
        except RequestError:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return books if books.seeds == key.seeds and books.check == key.check else None

    def keep(self, key: Key, books: Checkpoint) -> None:
        """Write books where there is room and all their code is this package's."""
        if books.nbytes > self.limit or not own_code(key.plan, books.scenario):
            return
        path = self._path(key)
        unfinished = path.with_name(f"{path.stem}.{uuid.uuid4().hex}.part")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                with unfinished.open("xb") as file:
                    write_checkpoint(file, books)
                os.replace(unfinished, path)
            finally:
                unfinished.unlink(missing_ok=True)
            self.shrink()

    def files(self) -> list[tuple[Path, int]]:
        """Return each file of books and its bytes, the one used longest ago first."""
        found = []
        with contextlib.suppress(OSError):
            for path in [*self.folder.glob("*.npz"), *self.folder.glob("*.part")]:
                with contextlib.suppress(OSError):  # another command has just removed it
                    facts = path.stat()
                    found.append((facts.st_mtime, path, facts.st_size))
        return [(path, size) for _, path, size in sorted(found)]

    def shrink(self, limit: int | None = None) -> int:
        """Remove the files used longest ago until the rest fits the limit; return how many."""
        allowed = self.limit if limit is None else limit
        files = self.files()
        total, removed = sum(size for _, size in files), 0
        for path, size in files:
            if total <= allowed:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                removed += 1
            total -= size
        return removed

    def _path(self, key: Key) -> Path:
        parts = (*versions(), key.start, repr(key.seeds), str(key.check))
        name = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        return self.folder / f"{name}.npz"


def usual_store() -> BookStore:
    """Return the user's store; raises `RequestError` where its size is set to no number."""
    above = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    text = os.environ.get(LIMIT, str(USUAL_LIMIT))
    try:
        limit = float(text)
        if not 0.0 <= limit <= 1e6:
            raise ValueError(text)
    except ValueError:
        raise RequestError(
            f"{LIMIT} is {text!r:.60}; give the GB that kept books may take, 0 to keep none"
        ) from None
    return BookStore(Path(above) / "smelend" / "books", int(limit * 1e9))


@functools.cache
def versions() -> tuple[str, ...]:
    """Return the model's declared version, those of packages, and a digest of its source files."""
    digest = hashlib.sha256()
    home = Path(__file__).parents[1]
    for room in ROOMS:
        for path in sorted((home / room).rglob("*.py")):
            digest.update(path.read_bytes())
    packages = (f"{name} {version}" for name, version in package_versions().items())
    return (model_version(), *packages, digest.hexdigest())


def own_code(plan: Plan, scenario: Scenario) -> bool:
    """Return whether no step and no policy comes from a plug-in, whose code may change unseen."""
    homes = {step.rule.__module__ for _, _, step in steps_of(plan)}
    homes |= {type(params).__module__ for params in _within(scenario)}
    return all(home.split(".")[0] == PACKAGE for home in homes)


def _within(value: object) -> Iterator[Params]:
    if isinstance(value, Params):
        yield value
        for _, inner in value:
            yield from _within(inner)
    elif hasattr(value, "values"):
        for inner in value.values():
            yield from _within(inner)
