"""The score: each target's band, the value that came out, its interval, and in or out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.calibration.moment import Moment
from sim.analysis.calibration.moments import estimate, moment
from sim.analysis.calibration.sample import Sample, sample
from sim.analysis.calibration.targets import Target, Targets, read_targets
from sim.analysis.calibration.variants import variant_of
from sim.core.errors import RequestError
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

SEEDS = range(1, 101)
NORMAL_95 = 1.959964


def check(
    path: str | os.PathLike[str], scenario: Scenario, seeds: Sequence[int] = SEEDS
) -> pd.DataFrame:
    """Score a scenario against the targets of a file; see `score`."""
    return score(read_targets(path), scenario, seeds)


def score(
    targets: Targets, scenario: Scenario, seeds: Sequence[int] = SEEDS, fitted_only: bool = False
) -> pd.DataFrame:
    """Return one row per target: band, value over the seeds, 95 % interval, and verdict.

    Columns: name, moment, variant, low, high, unit, value, error (standard, of the mean over
    seeds), value_low, value_high, verdict (in, out), role (fitted, held out), grade, source,
    meaning.  Raises `RequestError` for fewer than two seeds, which give no interval.
    """
    import pandas as pd

    if len(set(seeds)) < 2:
        raise RequestError("a score needs at least 2 seeds")
    wanted = targets.fitted if fitted_only else targets.targets
    samples = live_variants(targets, wanted, scenario, seeds)
    return pd.DataFrame([_row(target, samples) for target in wanted])


def live_variants(
    targets: Targets, wanted: Iterable[Target], scenario: Scenario, seeds: Sequence[int]
) -> dict[str, Sample]:
    """Return a sample of each variant that the targets refer to, all on the same seeds."""
    names = {name for target in wanted for name in (target.variant, target.over) if name}
    return {name: sample(variant_of(scenario, targets, name), seeds) for name in sorted(names)}


def measured(target: Target, samples: dict[str, Sample]) -> tuple[float, float]:
    """Return the value of a target's moment and its standard error."""
    figure: Moment = moment(target.moment)
    above = figure.gather(samples[target.variant])
    if not target.over:
        return estimate(above, figure.value)
    width = above.shape[1]
    both = np.concatenate([above, figure.gather(samples[target.over])], axis=1)
    return estimate(both, lambda means: figure.value(means[:width]) / figure.value(means[width:]))


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
        "verdict": "in" if target.low <= value <= target.high else "out",
        "role": "fitted" if target.fit else "held out",
        "grade": target.grade,
        "source": target.source,
        "meaning": moment(target.moment).meaning,
    }
