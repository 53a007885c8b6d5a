"""Make every reference table again, from an empty folder: `python -m experiments.remake`.

`--list` prints the plan (`remaking/plan.py`), `--only NAME ...` and `--from NAME` take a part of
it.  Stopped, the same command goes on where it stopped; what is done by the same sources is not run
again, unless `--again` is given.  `--tiny` tries every step in small numbers below `results/tiny`
and leaves the reference as it is.  Status: 0, or that of the worst step that failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from experiments.remaking.carrying import Record, carry_out
from experiments.remaking.plan import PLAN, Step, tried
from sim.core.errors import RequestError
from sim.runs.layout import Folder
from sim.runs.lock import claimed

ROOT = Path(__file__).parents[1]
TINY = "results/tiny"


def main(arguments: Sequence[str] | None = None, plan: Mapping[str, Step] = PLAN) -> int:
    """Run the plan, or list it; return the status."""
    given = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    given.add_argument("--only", nargs="+", choices=list(plan), metavar="NAME", default=list(plan))
    given.add_argument("--from", choices=list(plan), metavar="NAME", dest="start")
    given.add_argument("--list", action="store_true", help="print the commands and run none")
    given.add_argument("--again", action="store_true", help="also run what is done")
    given.add_argument("--tiny", action="store_true", help="a try in small numbers")
    asked = given.parse_args(arguments)
    names = list(plan)
    after = set(names[names.index(asked.start) if asked.start else 0 :])
    chosen = [name for name in names if name in asked.only and name in after]
    if asked.tiny:
        plan = {name: tried(name, step, TINY) for name, step in plan.items()}
    if asked.list:
        for name in chosen:
            print(f"{name}: {plan[name].text}")
        print(f"about {sum(plan[name].minutes for name in chosen):.0f} min on two cores")
        return 0
    folder = Folder(ROOT / (TINY if asked.tiny else "results") / "remake")
    folder.root.mkdir(parents=True, exist_ok=True)
    try:
        with claimed(folder):
            return carry_out(plan, chosen, ROOT, Record(folder.root / "done.json"), asked.again)
    except RequestError as fault:
        given.error(str(fault))


if __name__ == "__main__":
    sys.exit(main())
