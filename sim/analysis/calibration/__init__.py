"""The calibration: whether the base case looks like a real small-business book, and how it came to.

Targets, free parameters and the variants that some targets need are data
(`data/calibration/targets.yaml`).  Unlike the rest of this room it runs simulations, since a fit
must; it writes no file.
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
