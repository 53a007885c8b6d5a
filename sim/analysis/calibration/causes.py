"""Why the base case worsens: its rise of the NPL ratio, divided among causes by switching them off.

The rise is calibrated, so it is no evidence by itself; the open question is which mechanism causes
it.  Every combination of causes is simulated on the same seeds, and each cause gets its Shapley
share.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.analysis.experiments.kinds.calibration import Calibration
from sim.analysis.intervals import t_interval
from sim.analysis.shapley import shapley_values
from sim.core.arrays import Floats
from sim.core.errors import RequestError
from sim.core.names import BASE
from sim.model.simulate import simulate
from sim.runs.carrying import CarryOut, carried
from sim.runs.interface import ResultLike
from sim.runs.plan import Plan
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd


def divide_rise(
    calibration: Calibration,
    scenario: Scenario | None = None,
    seeds: Sequence[int] | None = None,
    carry_out: CarryOut | None = None,
    workers: int | None = 0,
) -> pd.DataFrame:
    """Return one row per cause, one for the rest and one for the total: shares of the NPL rise.

    The rise is the mean NPL ratio of the last twelve months less that of the first twelve, per
    seed.  The scenario, the seeds and `carry_out` are as in `score`.  Columns: cause, rise, low,
    high (95 %), why.  Raises `RequestError` for a file without causes.
    """
    import pandas as pd

    causes = calibration.content.causes
    if not causes:
        raise RequestError(f"{calibration.path}: it names no causes to switch off")
    base = scenario or calibration.base
    names = list(causes)
    arms = {}
    for mask in range(2 ** len(names)):
        off = [name for i, name in enumerate(names) if not mask >> i & 1]
        arms["without " + ", ".join(off) if off else BASE] = calibration.without(base, off)
    chosen = calibration.seeds("score") if seeds is None else seeds
    with carried(carry_out, workers, unchecked) as carry:
        _, months = carry(Plan(arms, tuple(chosen)), "causes")
    months = months[months["bank"] == next(iter(base.banks))]
    table = pd.DataFrame({arm: rise(months[months["arm"] == arm], base.horizon) for arm in arms})
    values = table.dropna().to_numpy().T
    shares = shapley_values(values)
    rows = [_row(name, share, causes[name].why) for name, share in zip(names, shares, strict=True)]
    rows.append(_row("rest", values[0], "with all of these switched off"))
    rows.append(_row("base case", values[-1], "as it is"))
    return pd.DataFrame(rows)


def unchecked(scenario: Scenario, *, seeds: Sequence[int]) -> ResultLike:
    """Simulate without the monthly check of the books, for which a calibration has no use."""
    return simulate(scenario, seeds=seeds, check=False)


def rise(months: pd.DataFrame, horizon: int) -> pd.Series:
    """Return the rise of the NPL ratio from the first twelve months to the last, by seed."""
    early, late = (
        months[span].groupby("seed")[["npl", "gross_loans"]].sum()
        for span in (months["month"] <= 12, months["month"] > horizon - 12)
    )
    found: pd.Series = late["npl"] / late["gross_loans"] - early["npl"] / early["gross_loans"]
    return found


def _row(cause: str, values: Floats, why: str) -> dict[str, object]:
    interval = t_interval(values)
    return {
        "cause": cause,
        "rise": interval.mean,
        "low": interval.low,
        "high": interval.high,
        "why": why,
    }
