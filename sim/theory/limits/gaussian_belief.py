"""Belief and PD of a production bank that knows the precision of its signals.

Firms are created with five standard normal qualities; all five signals are read, by the steps of a
run, without lies, time pressure or cost.  The bank never learns theta, so if the arithmetic is
right its belief must be right on average: its mean squared error is the variance that it believes
in, nine in ten errors are within its 90 % band, theta moves one for one with the belief, and the PD
of the firms that it would choose is their mean `Phi(a - b theta)`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.credit import normal
from sim.credit.belief import default_probability
from sim.state.firms import DIMENSIONS
from sim.state.population import Population
from sim.theory import gaussian_belief
from sim.theory.bench.estimate import Measured, exact, mean, share
from sim.theory.bench.frictionless import READS, investigation
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "lies, time pressure, inexperience and neglect; five signals of given precision are read"
PRODUCTION = (
    "sim.world.signals.read",
    "sim.model.investigation.investigate",
    "sim.policies.rating.expert.Expert.pd",
)
CASE = {
    "precision": {
        "statements": 3.0, "bureau": 2.0, "site_visit": 5.0, "owner_visit": 3.0, "partners": 2.0,
    },
    "intercept": -1.85, "slope": 0.65,
}  # fmt: skip
FIRMS = 50_000
BAND = 0.9
SINGLE = 1e-6  # beliefs are kept in single precision


def answers(case: Mapping[str, Any]) -> Answer:
    """Return the properties of a correct belief."""
    link = {"intercept": case["intercept"], "slope": case["slope"]}

    def measured(precision: float) -> Answer:
        return gaussian_belief.closed_form(0.0, 1.0, 0.0, precision, **link)

    weights = Population().weights
    variance = sum(
        float(weights[DIMENSIONS.index(READS[signal])]) ** 2 * measured(precision)["variance"]
        for signal, precision in case["precision"].items()
    )
    return {
        "variance believed": variance,
        "mean squared error of the belief": variance,
        "firms within the belief's 90 % band": BAND,
        "rise of quality with the belief": 1.0,
        "mean PD of all applicants": measured(0.0)["pd"],
        "true less believed PD, better half": 0.0,
    }


def simulated(seed: int, case: Mapping[str, Any]) -> dict[str, Measured]:
    """Return the same from the files of a production bank and its applicants' quality."""
    intercept, slope = case["intercept"], case["slope"]
    trial = Trial(
        {
            "firms.count": FIRMS,
            "banks.main.screening": investigation(case["precision"]),
            "banks.main.rating": {"kind": "expert", "level": intercept, "slope": slope},
        },
        seed,
    ).run_months()
    files, theta = trial.market.applications, trial.market.firms.theta
    error = theta - files.mean
    reach = float(normal.quantile(0.5 + 0.5 * BAND)) * np.sqrt(files.variance)
    spread = files.mean - files.mean.mean()
    # least squares of the error on the belief; the slope of quality itself is one more
    tilt = float(spread @ error / (spread @ spread))
    rest = error - error.mean() - tilt * spread
    tilt_error = math.sqrt(float(rest @ rest) / (FIRMS - 2) / float(spread @ spread))
    better = files.pd < np.median(files.pd)
    surprise = default_probability(theta, 0.0, intercept, slope) - files.pd
    return {
        "variance believed": exact(files.variance, SINGLE),
        "mean squared error of the belief": mean(error**2),
        "firms within the belief's 90 % band": share(float(np.sum(np.abs(error) < reach)), FIRMS),
        "rise of quality with the belief": Measured(1.0 + tilt, tilt_error),
        "mean PD of all applicants": mean(files.pd),
        "true less believed PD, better half": mean(surprise[better]),
    }
