"""The state of a run folder: runs done, failed and missing in each arm; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.runs.failures import failed_seeds
from sim.runs.layout import Folder
from sim.runs.manifest import known_manifest
from sim.runs.survey import notes, survey
from sim.runs.version import model_version


@dataclass(frozen=True)
class ArmStatus:
    """Seeds of one arm."""

    done: frozenset[int]
    failed: frozenset[int]
    missing: frozenset[int]


@dataclass(frozen=True)
class Status:
    """State of a run folder; times are ISO 8601 in UTC."""

    folder: Path
    arms: dict[str, ArmStatus]
    damaged: int
    notes: tuple[str, ...]  # on files that are not read
    started: str
    finished: str | None
    model: str

    def total(self, what: str) -> int:
        """Return the number of runs that are ``done``, ``failed`` or ``missing``."""
        return sum(len(getattr(arm, what)) for arm in self.arms.values())

    @property
    def complete(self) -> bool:
        """Return whether every run is done."""
        return not self.total("failed") and not self.total("missing")

    def __str__(self) -> str:
        done, failed, missing = (self.total(what) for what in ("done", "failed", "missing"))
        lines = [f"{self.folder}: {done:,} done, {failed:,} failed, {missing:,} missing"]
        for name, arm in self.arms.items():
            if len(self.arms) > 1 and (arm.failed or arm.missing):
                lines.append(
                    f"  {name}: {len(arm.done):,} done, {len(arm.failed):,} failed, "
                    f"{len(arm.missing):,} missing"
                )
        lines.append(f"  started {self.started}, finished {self.finished or 'not yet'}")
        lines += [f"  {note}" for note in self.notes]
        if self.model != model_version():
            lines.append(f"  model version {self.model}, the one installed is {model_version()}")
        return "\n".join(lines)


def status(folder: str | Path) -> Status:
    """Read the state of a run folder; raises `RequestError` for any other folder."""
    home = Folder(folder)
    manifest = known_manifest(home)
    found = survey(home, manifest)
    failed = failed_seeds(home, manifest.arms, found.done)
    wanted = frozenset(manifest.seeds)
    arms = {}
    for arm in manifest.arms:
        done, still_failed = frozenset(found.done[arm]), frozenset(failed.get(arm, ()))
        arms[arm] = ArmStatus(done, still_failed, wanted - done - still_failed)
    return Status(
        home.root, arms, len(found.damaged), tuple(notes(home, found)),
        manifest.started, manifest.finished, manifest.model,
    )  # fmt: skip
