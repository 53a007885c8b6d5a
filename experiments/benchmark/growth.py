"""How cost grows with what a user may ask more of: firms, months, banks, officers, seeds.

Each line has the seconds of one month (or of all months) at several sizes, and the exponent with
which they grow, fitted on logarithms: 1 is in proportion, below 1 the larger is the cheaper.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.benchmark.timing import HORIZON, Month, filled, in_turn, month_of

BRANCH = 2_000  # firms
WIDE = 20_000  # firms, where banks and officers are grown


def with_banks(count: int) -> Mapping[str, Any]:
    """Return settings that put more banks, alike in all, beside the first of the base case."""
    from sim.scenario.loading import load_scenario  # the bank's own bundle is copied

    import yaml

    home = Path(__file__).resolve().parents[2] / "scenarios" / "baseline.yaml"
    load_scenario(home)  # complains of the file before it is used
    bank = yaml.safe_load(home.read_text("utf-8"))["banks"]["main"]
    return {f"banks.bank_{k}": bank for k in range(2, count + 1)}
