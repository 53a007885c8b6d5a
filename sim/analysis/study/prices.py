"""What an avoided default costs, and how expensive measures may become before they cease to pay.

There are two prices: the extra operating cost alone, and the profit given up, in which lower losses
and earnings on other loans are set against that cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.contrasts import contrast
from sim.analysis.frames import panel
from sim.analysis.intervals import t_interval
from sim.analysis.ratio import cost_per_avoided_default, fieller
from sim.core.arrays import Floats
from sim.core.numbers_as_text import decimals, interval, scale_of, written

if TYPE_CHECKING:
    from pandas import DataFrame

KINDS = {"operating cost": {"cost": 1.0}, "profit given up": {"profit": -1.0}}


def prices(runs: DataFrame, base: str, arms: Sequence[str], bank: str) -> DataFrame:
    """Return CNY per avoided default of each arm: arm, kind, price, low, high, n, why (if none).

    A price of profit below zero says that the arm avoids defaults and earns more as well.
    """
    import pandas as pd

    rows = []
    for arm in arms:
        for kind, cost in KINDS.items():
            found = cost_per_avoided_default(
                runs, base, arm, cost=cost, defaults="defaults", bank=bank, unmatched="drop"
            )
            ends = {"price": found.ratio, "low": found.low, "high": found.high}
            rows.append({"arm": arm, "kind": kind} | ends | {"n": found.n, "why": found.why})
    return pd.DataFrame(rows)


def break_even_multiple(
    runs: DataFrame, months: DataFrame, base: str, other: str, bank: str
) -> DataFrame:
    """Return the multiple of the extra operating cost at which profit equals the base's.

    ``m = 1 + (extra profit) / (extra cost after tax)``, with behaviour unchanged: above 1 the arm
    pays and could cost m times as much; below 1 its cost would have to fall to that share.
    Columns: multiple, low, high (Fieller), n, why (if there is none).  Tax is taken as booked.
    """
    import pandas as pd

    both = panel(runs, [base, other], ["profit", "cost"], bank, "drop")
    change = {other: 1.0, base: -1.0}
    gained = contrast(both, change, "profit").values
    rate = _tax_rate(months, other, bank)
    spent = (1.0 - rate) * contrast(both, change, "cost").values
    found = fieller(gained + spent, spent)
    why = _may_be_zero(spent) if found.why.startswith("the denominator") else found.why
    return pd.DataFrame(
        [{"arm": other, "multiple": found.ratio, "low": found.low, "high": found.high}
         | {"n": found.n, "why": why}]
    )  # fmt: skip


def _may_be_zero(spent: Floats) -> str:
    """Return that the extra cost, (n,) in CNY, may be zero, in the unit in which money is shown."""
    scale, mean = scale_of("CNY"), t_interval(spent)
    value, low, high = (scale.factor * one for one in (mean.mean, mean.low, mean.high))
    digits = decimals((high - low) / 2, value)
    ends = interval(low, high, digits)
    return f"the extra cost, {scale.level} {written(value, digits)} {ends}, may be zero"


def _tax_rate(months: DataFrame, arm: str, bank: str) -> float:
    """Return the tax on one more unit of profit, from the months in which profit was taxed."""
    mine = months[(months["arm"] == arm) & (months["bank"] == bank)]
    taxed = mine[(mine["tax"] != 0) & (mine["profit_before_tax"] != 0)]
    share = (taxed["tax"] / taxed["profit_before_tax"]).to_numpy(dtype=float)
    return float(np.median(share)) if len(share) else 0.0
