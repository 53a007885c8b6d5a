"""The bank's estimator on real loans: Li, Mickel and Taylor (2018), Table 8.

Logit of default on `RealEstate + Portion + Recession`, on the training half (1,051 loans) of the
authors' sample of small firms in Californian real estate with a federal guarantee.
Reading: a published number, not a closed form; the estimator is the one with which the simulated
bank rates its own applicants, without a ridge.  Source of the data: `data/README.md` here.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.core.arrays import Floats
from sim.credit.binary_regression import fit_logit
from sim.theory.rows import Answer, Example

ROW, TITLE = "n", "published regression of default on real loans, reproduced"
NAMES = ("RealEstate", "Portion", "Recession")
EXAMPLES = (
    Example(
        {},
        {"intercept": 1.3931, "RealEstate": -2.1282, "Portion": -2.9875, "Recession": 0.5041},
        4,
    ),
)


def sba_case(training: bool = True) -> tuple[Floats, Floats]:
    """Return features, shape (n, 3) in the order of `NAMES`, and default (n,) of one half."""
    path = Path(__file__).parent / "data" / "sba_case.csv"
    selected, *features, default = np.loadtxt(path, delimiter=",", skiprows=1, unpack=True)
    half = selected == training
    return np.column_stack(features)[half], default[half]


def closed_form() -> Answer:
    """Return the intercept and the coefficient of each feature."""
    coefficients = fit_logit(*sba_case()).coefficients
    return dict(zip(("intercept", *NAMES), map(float, coefficients), strict=True))
