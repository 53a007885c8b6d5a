"""The base case still looks like the book that was calibrated.

The committed score says how far means of few seeds may lie from those of 100: its standard errors
grow by the square root of the ratio of seeds.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.calibration import load_calibration, score
from sim.scenario.varying import varied

ROOT = Path(__file__).parents[2]
COMMITTED_SEEDS = 100
FEW = range(201, 211)  # none of them in the committed score
SURE = 4.5  # standard errors; with some twenty targets a false alarm in 5,000 versions


@pytest.fixture(scope="module")
def compared() -> pd.DataFrame:
    found = load_calibration(ROOT / "experiments" / "calibration" / "base_case.yaml")
    base = [t for t in found.targets.targets if t.variant == "base" and not t.over]
    now = score(replace(found, targets=varied(found.targets, {"targets": base})), seeds=FEW)
    then = pd.read_csv(ROOT / "results" / "reference" / "calibration.csv")
    return now.merge(then, on="name", suffixes=("", "_then"), how="left")


def test_every_target_of_the_base_is_in_the_committed_score(compared):
    assert compared["value_then"].notna().all()
    assert (compared["low"] == compared["low_then"]).all()
    assert (compared["high"] == compared["high_then"]).all()


def test_few_seeds_agree_with_the_committed_score(compared):
    many, few = COMMITTED_SEEDS, len(FEW)
    spread = compared["error_then"] * np.sqrt(1.0 + many / few)
    far = (compared["value"] - compared["value_then"]).abs() > SURE * spread + 1e-6
    assert not far.any(), compared.loc[far, ["name", "value", "value_then", "error_then"]]


def test_the_committed_score_meets_every_fitted_band():
    then = pd.read_csv(ROOT / "results" / "reference" / "calibration.csv")
    fitted = then[then["role"] == "fitted"]
    assert len(fitted) >= 13
    room = 2.0 * fitted["error"]  # a band is widened by two standard errors
    met = fitted["value"].between(fitted["low"] - room, fitted["high"] + room)
    assert met.all(), fitted.loc[~met, ["name", "low", "high", "value", "error"]]
    assert (fitted["verdict"] == "in").all()
