"""Calibration: whether the base case looks like a real loan book, and how it was fitted.

Bands and free parameters are data (`data/calibration/targets.yaml`), and so are the variants that
some targets need (`experiments/calibration/base_case.yaml`).  Unlike most of this package it runs
simulations, because a fit needs them; what is kept of them is the caller's choice.
"""

from __future__ import annotations

from sim.analysis.calibration.causes import divide_rise
from sim.analysis.calibration.fitting import CalibrationFit, fit
from sim.analysis.calibration.overlay import refuse_no_overlay, write_overlay
from sim.analysis.calibration.page import text
from sim.analysis.calibration.scoring import score
from sim.analysis.experiments.kinds.calibration import Calibration, load_calibration
from sim.analysis.experiments.targets import Free, Target, Targets, read_targets

__all__ = [
    "Calibration",
    "CalibrationFit",
    "Free",
    "Target",
    "Targets",
    "divide_rise",
    "fit",
    "load_calibration",
    "read_targets",
    "refuse_no_overlay",
    "score",
    "text",
    "write_overlay",
]
