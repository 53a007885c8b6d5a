"""The outcome of a batch, as numbers and as one line of text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass
class Outcome:
    """Runs planned, done and failed in a folder, and those that this call `ran`."""

    folder: Path
    planned: int
    done: int
    failed: int
    ran: int = 0
    seconds: float = 0.0

    @property
    def missing(self) -> int:
        """Return the number of runs that are neither done nor failed."""
        return self.planned - self.done - self.failed

    def count(self, done: int, failed: int) -> None:
        """Add finished runs."""
        self.done += done
        self.failed += failed
        self.ran += done + failed

    def __str__(self) -> str:
        pieces = [f"{self.folder}: {self.done:,} of {self.planned:,} runs done"]
        if self.failed:
            pieces.append(f"{self.failed:,} failed (see failures.jsonl)")
        if self.missing:
            pieces.append(f"{self.missing:,} missing")
        pieces.append(f"{self.ran:,} run now in {self.seconds:.1f} s")
        return ", ".join(pieces)


class Stopped(KeyboardInterrupt):
    """Ctrl-C, raised after all is saved; the message says how to continue."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        super().__init__(f"stopped; {outcome}; repeat the command to go on")
