"""What the tests of the command line share: the words of a small run, and what a command said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PLAIN = ROOT / "scenarios/baseline.yaml"
BASE = ROOT / "scenarios/zhengzhou/baseline.yaml"
OTHER = ROOT / "scenarios/zhengzhou/optimised.yaml"
NAMES = ("zhengzhou/baseline", "zhengzhou/optimised")
SIZE = {"firms.count": 300, "horizon": 6, "burn_in.months": 6}
SMALL = [word for key, value in SIZE.items() for word in ("--set", f"{key}={value}")]
HERE = ["--workers", "0"]  # no other processes


class Said(NamedTuple):
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on standard error, where nothing else was said."""
        assert self.out == ""
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        return self.err.rstrip("\n")


Smelend = Callable[..., Said]
