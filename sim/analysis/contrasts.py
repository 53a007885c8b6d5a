"""The per-seed value of a weighted sum of arms, plain or on log-odds.

A difference, an interaction, a step of a ladder and a leave-one-out loss are all such sums;
taken seed by seed, their spread over seeds is the error that common random numbers leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np

from sim.analysis.frames import Panel
from sim.analysis.intervals import ROUNDING
from sim.core.arrays import Floats

Scale = Literal["plain", "log-odds"]

# halving a risk of 4 % and halving it again is no interaction on log-odds, but is one in points
PROBABILITIES = frozenset(
    {"default_rate", "default_90", "npl_formation", "cohort_default_18", "npl_ratio"}
)


class Contrast(NamedTuple):
    """Values per seed of a weighted sum of arms; `note` says why there are none, if so."""

    values: Floats  # (n,) NaN where an arm has no value
    note: str = ""


def scale_of(metric: str) -> Scale:
    """Return the scale on which effects on this metric add up."""
    return "log-odds" if metric in PROBABILITIES else "plain"


def contrast(
    panel: Panel, weights: Mapping[str, float], metric: str, scale: Scale = "plain"
) -> Contrast:
    """Return ``sum of weight x arm`` per seed for one metric.

    On log-odds the sum is of ``logit(mean over seeds)``, since one seed of a small branch may
    have no default at all.  Per seed it is linearised (delta method),
    ``T + sum_a w_a (y_a - mean_a) / (mean_a (1 - mean_a))``, so the mean of the values is the
    contrast T and their standard error is its standard error.
    """
    y = np.array([panel.of(arm, metric) for arm in weights])  # (arms, n)
    w = np.array([weights[arm] for arm in weights])[:, None]
    y = np.where(np.isnan(y).any(axis=0), np.nan, y)
    if scale == "plain":
        return Contrast(snapped((w * y).sum(axis=0), w * y))
    known = y[:, ~np.isnan(y[0])]
    if not known.size:
        return Contrast(y[0])
    mean = known.mean(axis=1, keepdims=True)
    edge = ((mean <= 0) | (mean >= 1)).ravel()
    if edge.any():
        arm = list(weights)[int(np.argmax(edge))]
        why = f"{metric} of arm '{arm}' averages {mean[edge][0, 0]:g}, which has no log-odds"
        return Contrast(np.full(y.shape[1], np.nan), why)
    terms = w * (np.log(mean / (1 - mean)) + (y - mean) / (mean * (1 - mean)))
    return Contrast(snapped(terms.sum(axis=0), terms))


def snapped(values: Floats, terms: Floats) -> Floats:
    """Remove rounding errors: set to 0, or to their mean, values that differ only by rounding.

    `terms` (any, n) are the summands, whose size says how much rounding to expect.
    """
    known = ~np.isnan(values)
    if not known.any():
        return values
    rounding = ROUNDING * float(np.abs(terms[:, known]).sum(axis=0).max())
    values = np.where(np.abs(values) <= rounding, 0.0, values)
    if np.ptp(values[known]) <= rounding:
        values[known] = values[known].mean() if values[known].all() else 0.0
    return values
