"""Figures of a change beside those that landed last: printed for a reader, never a gate.

`python -m tests.baselines.ci_figures [JUNIT.xml]`; with `--write` it also renews the file.  Seconds
depend on the machine, calls do not.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = Path(__file__).with_name("ci_figures.csv")
FIRMS = 2_000


def seconds_by_folder(report: Path) -> dict[str, float]:
    """Return the seconds of tests in each folder, from a report that pytest wrote."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for case in ElementTree.parse(report).iter("testcase"):
        parts = case.get("classname", "").split(".")
        folder = parts[1] if parts[0] == "tests" and len(parts) > 1 else parts[0]
        seconds[f"tests of {folder}, s"] += float(case.get("time", 0.0))
    return dict(sorted(seconds.items()))


def of_the_model() -> dict[str, float]:
    """Return seconds to compile and import, and Python calls a month."""
    from experiments.benchmark.compiling import LONG, cold
    from experiments.benchmark.guard import calls_per_month
    from experiments.benchmark.timing import filled

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
        found = cold(True, cache)
    long = sum(seconds > LONG for seconds in found.functions.values())
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import sim.model.simulate"], cwd=ROOT, check=True)
    return {
        "first month with nothing compiled, processor s": found.processor,
        "compiling, processor s": sum(found.functions.values()),
        f"functions above {LONG} s": float(long),
        "import of the model, s": time.perf_counter() - begun,
        "calls in a core month": calls_per_month(filled("core", FIRMS)),
        "calls in a full month": calls_per_month(filled("full", FIRMS)),
    }


def read(path: Path = HOME) -> dict[str, float]:
    """Return what landed last."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["figure"]: float(row["value"]) for row in csv.DictReader(file)}


def write(now: dict[str, float], path: Path = HOME) -> None:
    """Renew what landed last."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("figure", "value"))
        writer.writerows((name, f"{value:.4g}") for name, value in now.items())


def beside(now: dict[str, float], before: dict[str, float]) -> list[str]:
    """Return a line for each figure: as it is, and as it landed last."""
    lines = [f"{'figure':<50}{'now':>10}{'landed':>10}"]
    for name in now | before:
        new, old = (f"{of[name]:.4g}" if name in of else "-" for of in (now, before))
        lines.append(f"{name:<50}{new:>10}{old:>10}")
    return lines


def main() -> None:
    """Print, and renew where asked."""
    words = [word for word in sys.argv[1:] if word != "--write"]
    now = of_the_model() | (seconds_by_folder(Path(words[0])) if words else {})
    print("\n".join(beside(now, read())))
    if "--write" in sys.argv:
        write(now)


if __name__ == "__main__":
    main()
