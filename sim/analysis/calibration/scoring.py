"""The score: each target's band, the value that came out, its interval, and in or out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.calibration.moment import Moment
from sim.analysis.calibration.moments import estimate, moment
from sim.analysis.calibration.sample import Sample, sample_of, simulate_counted
from sim.analysis.experiments.kinds.calibration import Calibration
from sim.analysis.experiments.targets import Target
from sim.core.errors import RequestError
from sim.runs.carrying import CarryOut, carried
from sim.runs.plan import Plan
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

NORMAL_95 = 1.959964
WIDENED = 2.0  # standard errors by which a band is widened for its verdict


def score(
    calibration: Calibration,
    scenario: Scenario | None = None,
    seeds: Sequence[int] | None = None,
    carry_out: CarryOut | None = None,
    workers: int | None = 0,
) -> pd.DataFrame:
    """Return one row per target: band, value over the seeds, 95 % interval, and verdict.

    The scenario is the calibration's base if none is given, and so are the seeds; without
    `carry_out` no run is kept.  Columns: name, moment, variant, low, high, unit, value, error
    (standard, of the mean over seeds), value_low, value_high, verdict (in, out, unknown), role
    (see `Target`), grade, source, meaning.  Raises `RequestError` for fewer than two
    seeds, which give no interval, and for a scenario of one month.
    """
    import pandas as pd

    chosen = calibration.seeds("score") if seeds is None else seeds
    if len(set(chosen)) < 2:
        raise RequestError("a score needs at least 2 seeds")
    scored = scenario or calibration.base
    refuse_too_short(scored)
    wanted = calibration.targets.targets
    with carried(carry_out, workers, simulate_counted) as carry:
        samples = samples_of(calibration, wanted, scored, chosen, carry, "score")
    return pd.DataFrame([_row(target, samples) for target in wanted])


def refuse_too_short(scenario: Scenario) -> None:
    """Raise `RequestError` for a scenario of one month, in which no loan grows a month old."""
    if scenario.horizon < 2:
        raise RequestError("horizon: a score or a fit needs at least 2 months (it is 1)")


def samples_of(
    calibration: Calibration,
    wanted: Iterable[Target],
    scenario: Scenario,
    seeds: Sequence[int],
    carry_out: CarryOut,
    folder: str,
) -> dict[str, Sample]:
    """Return a sample of each variant that the targets name, all on the seeds that all have."""
    arms = calibration.variants(scenario, wanted)
    runs, months = carry_out(Plan(arms, tuple(seeds)), folder)
    common = set.intersection(*(set(runs.loc[runs["arm"] == arm, "seed"]) for arm in arms))
    runs, months = (frame[frame["seed"].isin(common)] for frame in (runs, months))
    return {
        arm: sample_of(runs[runs["arm"] == arm], months[months["arm"] == arm], one)
        for arm, one in arms.items()
    }


def measured(target: Target, samples: dict[str, Sample]) -> tuple[float, float]:
    """Return the value of a target's moment and its standard error."""
    figure: Moment = moment(target.moment)
    above = figure.gather(samples[target.variant])
    if not target.over:
        return estimate(above, figure.value)
    width = above.shape[1]
    both = np.concatenate([above, figure.gather(samples[target.over])], axis=1)
    return estimate(both, lambda means: figure.value(means[:width]) / figure.value(means[width:]))


def verdict_on(value: float, low: float, high: float, error: float = 0.0) -> str:
    """Return "in" or "out" of a band, or "unknown" for a figure that these seeds leave open.

    A value is in where the band, widened by two standard errors, holds it: else a narrow band would
    be missed by chance alone.
    """
    if math.isnan(value):
        return "unknown"
    room = 0.0 if math.isnan(error) else WIDENED * error
    return "in" if low - room <= value <= high + room else "out"


def _row(target: Target, samples: dict[str, Sample]) -> dict[str, object]:
    value, error = measured(target, samples)
    return {
        "name": target.name,
        "moment": target.moment,
        "variant": f"{target.variant} / {target.over}" if target.over else target.variant,
        "low": target.low,
        "high": target.high,
        "unit": target.unit,
        "value": value,
        "error": error,
        "value_low": value - NORMAL_95 * error,
        "value_high": value + NORMAL_95 * error,
        "verdict": verdict_on(value, target.low, target.high, error),
        "role": target.role,
        "grade": target.grade,
        "source": target.source,
        "meaning": moment(target.moment).meaning,
    }
