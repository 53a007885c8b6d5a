"""Months of several worlds as digests and a few sums, kept to notice when the model's bits move.

`python -m tests.baselines.months` compares; with `--write` it renews the file.  Bits hold for the
versions of Python, NumPy, Numba and the C library that are stored with them; with others, the sums
are compared to a tolerance.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
HOME = Path(__file__).with_name("months.json")
WORLDS = (
    "baseline", "against_invoices", "competing_quotes", "property_only", "two_banks",
    "qn/baseline", "zhengzhou/optimised", "wenzhou_both",
)  # fmt: skip
SMALL = {"firms.count": 80, "horizon": 6, "burn_in.months": 6}
SUMS = (
    "applications", "approved", "disbursed", "principal_repaid", "profit", "gross_loans",
    "pressure",
)  # fmt: skip
TOLERANCE = 1e-6


def versions() -> dict[str, str]:
    """Return what bits may depend on."""
    known = {"python": platform.python_version(), "machine": platform.machine()}
    known["libc"] = " ".join(platform.libc_ver())
    return known | {name: version(name) for name in ("numpy", "numba", "scipy")}


def found() -> dict[str, Any]:
    """Return the months of every world, as they are now."""
    return {name: of_world(name) for name in WORLDS}


def of_world(name: str) -> dict[str, Any]:
    """Return the digest of a world's months, and some sums."""
    from sim import load_scenario, simulate

    months = simulate(load_scenario(ROOT / f"scenarios/{name}.yaml", SMALL), seeds=[7]).months
    numbers = months.select_dtypes("number")
    digest = hashlib.sha256(",".join(numbers.columns).encode())
    for column in numbers:
        digest.update(np.ascontiguousarray(numbers[column].to_numpy()).tobytes())
    sums = {column: float(f"{months[column].sum():.9g}") for column in SUMS}
    return {"digest": digest.hexdigest()[:16], "sums": sums}


def moved(now: dict[str, Any], before: dict[str, Any], same_versions: bool) -> list[str]:
    """Return the worlds whose months are others than before."""
    if same_versions:
        return [name for name in WORLDS if now[name]["digest"] != before[name]["digest"]]
    return [
        name
        for name in WORLDS
        if not np.allclose(
            list(now[name]["sums"].values()), list(before[name]["sums"].values()), TOLERANCE, 1e-3
        )
    ]


def main() -> int:
    """Compare, or renew with `--write`."""
    from sim.model.version import MODEL_VERSION

    now = found()
    if sys.argv[1:] == ["--write"]:
        stored = {"model_version": MODEL_VERSION, "versions": versions(), "worlds": now}
        HOME.write_text(json.dumps(stored, indent=1) + "\n")
        return 0
    stored = json.loads(HOME.read_text())
    others = moved(now, stored["worlds"], stored["versions"] == versions())
    print("moved: " + ", ".join(others) if others else "nothing moved")
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
