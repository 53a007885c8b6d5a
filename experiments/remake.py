"""Make every reference table again: `python -m experiments.remake [--only NAME ...] [--list]`.

Each line of the plan is a command of `smelend`, run in the checkout's folder; then come experiments
that write what they find into a page, and last the pages that are made of the tables.  A command
that was stopped continues where it stopped; one that is done says so and takes seconds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from experiments import npl_by_kind, stress, two_borrowers, wenzhou
from experiments.in_page import words_of

ROOT = Path(__file__).parents[1]
REFERENCE = "results/reference"
STUDIES = ("policies", "zhengzhou", "qn", "xm", "l_branch", "foreign", "five_banks")
PLAN: dict[str, list[str]] = {
    "calibration": ["calibrate", "--check"],
    "levers": ["levers"],
    "literature": ["literature"],
    "field": ["replicate"],
    **{f"{name} quick": ["study", f"experiments/{name}.yaml", "--quick"] for name in STUDIES[:2]},
    **{name: ["study", f"experiments/{name}.yaml"] for name in STUDIES},
}
BLOCKS = {  # experiments that write blocks of a page, each by one of its blocks
    "wenzhou": wenzhou.BLOCK,
    "stress": stress.BLOCKS[0],
    "npl by kind": npl_by_kind.BLOCKS_OF_PAGE[0],
    "two borrowers": two_borrowers.BLOCKS["case 1"],
}
PAGES = {"statements": "experiments.statements"}  # modules that read the tables and run nothing
HOME = {"levers": f"{REFERENCE}/levers"}  # where the tables of a command are kept, else REFERENCE
MISSED = 1  # a band that is missed is a result, not a failure


def command_of(name: str) -> list[str]:
    """Return the module that a line of the plan runs, and its words."""
    if name in PAGES:
        return [PAGES[name]]
    if name in BLOCKS:
        return words_of(BLOCKS[name])
    return ["smelend", *PLAN[name], "--keep", HOME.get(name, REFERENCE), "--quiet"]


def main() -> int:
    """Run the plan and say how long each command took; return the first failed one's status."""
    given = argparse.ArgumentParser(description="Make every reference table again.")
    every = [*PLAN, *BLOCKS, *PAGES]
    given.add_argument("--only", nargs="+", choices=every, metavar="NAME", default=every)
    given.add_argument("--list", action="store_true", help="print the commands and run none")
    chosen = given.parse_args()
    for name in chosen.only:
        module, *words = command_of(name)
        print(f"{name}: {' '.join(['python -m', module, *words])}", flush=True)
        if chosen.list:
            continue
        began = time.monotonic()
        status = subprocess.run([sys.executable, "-m", module, *words], cwd=ROOT).returncode
        print(f"{name}: {(time.monotonic() - began) / 60.0:.1f} min, status {status}", flush=True)
        if status not in (0, MISSED):
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
