"""Carrying out a plan: each step in a process of its own, what is done recorded, time left said.

A step is done if it ended well by the same command and the same sources; then it is not run again.
One that was stopped continues from the runs that `smelend` stored, or begins again if it only
prints.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from experiments.remaking.keeping import keep_text
from experiments.remaking.plan import Step

SOURCES = ("sim", "smelend", "experiments", "scenarios", "data")
KINDS = (".py", ".yaml", ".csv", ".asc")
DONE, PARTLY = 0, 1  # 1 with tables kept: a band missed or a run that failed, said in the table
BROKEN, INTERRUPTED = 2, 130


def sources_of(root: Path) -> str:
    """Return a digest of all files that a result may depend on."""
    digest = hashlib.sha256()
    for place in SOURCES:
        for path in sorted((root / place).rglob("*")):
            if path.suffix in KINDS:
                digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


class Record:
    """What was done, in a JSON file: command, sources, status and minutes of each step.

    It has one writer at a time: `experiments.remake` holds the folder that it is in.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self.steps: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            self.steps = {}

    def has(self, name: str, step: Step, root: Path) -> bool:
        """Whether the step was done by this command and these sources, and its files are there."""
        known = self.steps.get(name)
        if known is None or known["command"] != step.text or known["sources"] != sources_of(root):
            return False
        files = [step.keep, step.prints, *(step.copies or {}).values()]
        return all((root / file).exists() for file in files if file)

    def add(self, name: str, step: Step, sources: str, status: int, minutes: float) -> None:
        """Note a step that ended well, and the `sources` that it began with."""
        known = {"command": step.text, "sources": sources, "status": status}
        self.steps[name] = known | {"minutes": round(minutes, 2)}
        keep_text(self.file, json.dumps(self.steps, indent=1) + "\n")

    def minutes(self, name: str, step: Step) -> float:
        """How long the step took when it was last run, or is expected to take."""
        known = self.steps.get(name)
        return known["minutes"] if known and known["command"] == step.text else step.minutes


def carry_out(
    plan: Mapping[str, Step], chosen: Iterable[str], root: Path, record: Record, again: bool = False
) -> int:
    """Run the chosen steps in the order of the plan; return the worst status, or 0.

    A step that fails does not stop the others, and is named at the end.
    """
    names = [name for name in plan if name in set(chosen)]
    wanted = [name for name in names if again or not record.has(name, plan[name], root)]
    expected = {name: record.minutes(name, plan[name]) for name in wanted}
    waited, spent, ended = 0.0, 0.0, {}
    for number, name in enumerate(names, 1):
        where = f"[{number} of {len(names)}] {name}"
        if not again and record.has(name, plan[name], root):  # a step may have changed sources
            print(f"{where}: done before, with the same command and sources", flush=True)
            continue
        expected.setdefault(name, record.minutes(name, plan[name]))
        left = sum(expected.values()) * (spent / waited if waited else 1.0)
        print(f"{where}: {plan[name].text}  (about {left:.0f} min left)", flush=True)
        sources = sources_of(root)
        status, minutes = run(plan[name], root)
        if plan[name].writes_source:
            sources = sources_of(root)
        waited, spent = waited + expected.pop(name), spent + minutes
        print(f"{name}: {minutes:.1f} min, status {status}", flush=True)
        ended[name] = status
        if status == INTERRUPTED:
            break
        if status in (DONE, PARTLY):
            record.add(name, plan[name], sources, status, minutes)
    return summary(ended, spent)


def run(step: Step, root: Path) -> tuple[int, float]:
    """Run a step; return its status and minutes.  What it prints or copies is kept if done."""
    began, clock = time.time(), time.monotonic()
    words = [sys.executable, "-m", *step.command]
    try:
        out = subprocess.PIPE if step.prints else None
        ended = subprocess.run(words, cwd=root, stdout=out, check=False, encoding="utf-8")
        status = ended.returncode
        if status == PARTLY and not (step.keep and kept_since(root / step.keep, began)):
            status = BROKEN  # an error of Python has the status of a missed band, but keeps nothing
        if status == DONE and step.prints:
            keep_text(root / step.prints, ended.stdout)
        for source, to in (step.copies or {}).items() if status == DONE else ():
            (root / to).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / source, root / to)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as fault:
        print(f"cannot be kept: {fault}", file=sys.stderr)
        status = BROKEN
    return status, (time.monotonic() - clock) / 60.0


def kept_since(folder: Path, began: float) -> bool:
    """Whether a file below the folder was written since a time."""
    return any(path.is_file() and path.stat().st_mtime >= began - 1.0 for path in folder.rglob("*"))


def summary(ended: Mapping[str, int], spent: float) -> int:
    """Say which steps did not end well; return the worst status of those, or 0."""
    failed = {name: status for name, status in ended.items() if status not in (DONE, PARTLY)}
    partly = [name for name, status in ended.items() if status == PARTLY]
    print(f"{len(ended)} steps in {spent:.0f} min")
    if partly:
        print(f"with a band missed or runs that failed, see their tables: {', '.join(partly)}")
    if failed:
        print(f"failed or stopped: {', '.join(failed)}; the same command goes on from here")
    return max(failed.values(), default=0, key=abs)
