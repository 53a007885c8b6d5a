"""Why the base case worsens: its rise of the NPL ratio, divided among causes by switching them off.

The rise is calibrated, so it is no evidence by itself; the open question is which mechanism causes
it.  Every combination of causes is simulated on the same seeds, and each cause gets its Shapley
share.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.calibration.targets import Targets
from sim.analysis.calibration.variants import changed
from sim.analysis.intervals import t_interval
from sim.analysis.shapley import shapley_values
from sim.core.arrays import Floats
from sim.core.errors import RequestError
from sim.model.simulate import simulate
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

SIDE_BY_SIDE = 25  # seeds simulated side by side, to limit memory


def divide_rise(targets: Targets, scenario: Scenario, seeds: Sequence[int]) -> pd.DataFrame:
    """Return one row per cause, one for the rest and one for the total: shares of the NPL rise.

    The rise is the mean NPL ratio of the last twelve months less that of the first twelve, per
    seed.  Columns: cause, rise, low, high (95 %), why.  Raises `RequestError` for a file without
    causes.
    """
    import pandas as pd

    if not targets.causes:
        raise RequestError("the targets file names no causes to switch off")
    names = list(targets.causes)
    rises = []
    for mask in range(2 ** len(names)):
        off: dict[str, Any] = {}
        for i, name in enumerate(names):
            if not mask >> i & 1:
                off |= targets.causes[name].set
        rises.append(rise(changed(scenario, off), seeds))
    values = np.array(rises)
    shares = shapley_values(values)
    rows = [
        _row(name, share, targets.causes[name].why)
        for name, share in zip(names, shares, strict=True)
    ]
    rows.append(_row("rest", values[0], "with all of these switched off"))
    rows.append(_row("base case", values[-1], "as it is"))
    return pd.DataFrame(rows)


def rise(scenario: Scenario, seeds: Sequence[int]) -> Floats:
    """Return the rise of the NPL ratio from the first twelve months to the last, (seeds,)."""
    found = []
    for at in range(0, len(seeds), SIDE_BY_SIDE):
        months = simulate(scenario, seeds=list(seeds)[at : at + SIDE_BY_SIDE], check=False).months
        months = months[months["bank"] == next(iter(scenario.banks))]
        early, late = (
            months[span].groupby("seed")[["npl", "gross_loans"]].sum()
            for span in (months["month"] <= 12, months["month"] > scenario.horizon - 12)
        )
        found.append(
            (late["npl"] / late["gross_loans"] - early["npl"] / early["gross_loans"]).to_numpy()
        )
    return np.concatenate(found)


def _row(cause: str, values: Floats, why: str) -> dict[str, object]:
    interval = t_interval(values)
    return {
        "cause": cause,
        "rise": interval.mean,
        "low": interval.low,
        "high": interval.high,
        "why": why,
    }
