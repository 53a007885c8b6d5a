"""A quick stand-in for scenario and simulator, which can be told to raise, kill itself or sleep.

Each call is logged as one line (arm, seeds, process), so that tests know what was really run.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

BANKS = ("other", "main")  # not in alphabetical order, so that sorting shows


@dataclass(frozen=True)
class Firms:
    count: int = 4_000


@dataclass(frozen=True)
class World:
    """A scenario of the shape that the engine needs; `behaviour` is left out of its hash."""

    name: str = "base"
    horizon: int = 3
    level: float = 0.04
    firms: Firms = field(default_factory=Firms)
    behaviour: dict[str, Any] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        content = {key: value for key, value in asdict(self).items() if key != "behaviour"}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        assert mode == "json"
        return asdict(self)

    @classmethod
    def model_validate(cls, content: dict[str, Any]) -> World:
        return cls(**{**content, "firms": Firms(**content["firms"])})


@dataclass
class Frames:
    summary: pd.DataFrame
    months: pd.DataFrame


def simulate(scenario: World, *, seeds: list[int]) -> Frames:
    """Return numbers that depend on scenario and seed only, after doing as told."""
    text = scenario.behaviour
    if "log" in text:
        line = f"{scenario.name}|{','.join(map(str, seeds))}|{os.getpid()}\n"
        with Path(text["log"]).open("a") as log:  # short appended lines do not mix
            log.write(line)
    time.sleep(text.get("sleep", 0.0))
    for seed in seeds:
        if seed in text.get("raise", ()):
            raise ArithmeticError(f"seed {seed} has no solution")
        if seed in text.get("kill", ()):
            os.kill(os.getpid(), signal.SIGKILL)
        if seed in text.get("kill_once", ()):
            mark = Path(text["log"]).with_suffix(f".{seed}")
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
    months = months_of(scenario, seeds)
    last = months[months["month"] == scenario.horizon].reset_index(drop=True)
    summary = last[["seed", "bank", "npl_ratio"]].assign(
        profit=months["profit"].to_numpy().reshape(-1, scenario.horizon).sum(axis=1),
        odd=np.where(last["seed"] % 2, last["npl_ratio"], np.nan),
    )
    return Frames(summary, months)


def months_of(scenario: World, seeds: list[int]) -> pd.DataFrame:
    """Return the monthly table of two banks, the rows of each seed from a stream of its own."""
    rows = len(BANKS) * scenario.horizon
    draws = np.concatenate([np.random.default_rng(seed).random((rows, 3)) for seed in seeds])
    return pd.DataFrame(
        {
            "seed": np.repeat(seeds, rows),
            "bank": np.tile(np.repeat(BANKS, scenario.horizon), len(seeds)),
            "month": np.tile(np.arange(1, scenario.horizon + 1), len(seeds) * len(BANKS)),
            "npl_ratio": scenario.level * draws[:, 0],
            "profit": draws[:, 1],
            "defaults": (10 * draws[:, 2]).astype(int),
        }
    )


def ran(log: Path) -> list[tuple[str, tuple[int, ...], int]]:
    """Return the calls logged: arm, seeds, process."""
    if not log.exists():
        return []
    rows = (line.split("|") for line in log.read_text().splitlines())
    return [(arm, tuple(map(int, seeds.split(","))), int(pid)) for arm, seeds, pid in rows]
