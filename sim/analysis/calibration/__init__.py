"""Calibration: whether the base case looks like a real loan book, and how it was fitted.

Targets, free parameters and the variants that some targets need are data
(`data/calibration/targets.yaml`).  Unlike most of this package it runs simulations, because a
fit needs them; it writes no file.
"""

from __future__ import annotations

from sim.analysis.calibration.causes import divide_rise
from sim.analysis.calibration.fitting import CalibrationFit, fit
from sim.analysis.calibration.page import text
from sim.analysis.calibration.scoring import check, score
from sim.analysis.calibration.targets import Free, Target, Targets, Variant, read_targets

__all__ = [
    "CalibrationFit",
    "Free",
    "Target",
    "Targets",
    "Variant",
    "check",
    "divide_rise",
    "fit",
    "read_targets",
    "score",
    "text",
]
