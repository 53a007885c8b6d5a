"""What came of a batch, in numbers and in one line."""

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
        """Add runs that have come in."""
        self.done += done
        self.failed += failed
        self.ran += done + failed

    def __str__(self) -> str:
        words = [f"{self.folder}: {self.done:,} of {self.planned:,} runs done"]
        if self.failed:
            words.append(f"{self.failed:,} failed (see failures.jsonl)")
        if self.missing:
            words.append(f"{self.missing:,} missing")
        words.append(f"{self.ran:,} run now in {self.seconds:.1f} s")
        return ", ".join(words)


class Stopped(KeyboardInterrupt):
    """Ctrl-C, after everything was put in order; the message says how to go on."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        super().__init__(f"stopped; {outcome}; repeat the command to go on")
