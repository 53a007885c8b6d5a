"""One session of running, recorded in the manifest when it begins and when it ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sim.core.errors import RequestError
from sim.runs.interrupts import Interrupts
from sim.runs.layout import Folder
from sim.runs.manifest import Manifest, Session, now, write_manifest
from sim.runs.outcome import Outcome, Stopped
from sim.runs.progress import Progress
from sim.runs.version import changed_versions, package_versions


@contextmanager
def session(
    home: Folder, manifest: Manifest, outcome: Outcome, progress: Progress, begun: float
) -> Iterator[Interrupts]:
    """Keep the manifest's entry of this session; raises `Stopped` instead of `KeyboardInterrupt`.

    The object that it yields can raise a swallowed Ctrl-C again.
    """
    packages = package_versions()
    entry = Session(now(), packages)

    def end() -> None:
        progress.end()
        home.sweep()
        outcome.seconds = time.monotonic() - begun
        entry.ended, entry.ran = now(), outcome.ran

    for text in changed_versions(manifest.packages, packages):
        progress.note(text)
    manifest.sessions.append(entry)
    manifest.finished = None
    write_manifest(home, manifest)
    with Interrupts() as interrupts:
        try:
            yield interrupts
        except BaseException as fault:
            interrupts.stopping = True
            end()
            with suppress(RequestError):  # the earlier error is reported, not this one
                write_manifest(home, manifest)
            if isinstance(fault, KeyboardInterrupt):
                raise Stopped(outcome) from None
            raise
        interrupts.stopping = True
        end()
        if not outcome.missing:
            manifest.finished = now()
        write_manifest(home, manifest)
