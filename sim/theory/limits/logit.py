"""The bank's estimator: on real loans with a published regression, and on its own old loans.

On the training half of the SBA case the scoring routine of the bank's rating, with the logit link,
no ridge and no prior, must give the published coefficients to their last digit.  Then a production
bank rates by what it learns: it lends to all firms, whose projects fail with `Phi(a - b theta)`; it
records what it believed and which firms defaulted; and its yearly estimate, a probit without ridge,
must be `a/sqrt(1 + b^2 v)` and `-b w_k/sqrt(1 + b^2 v)`, v being the variance of
quality that its signals leave.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.credit.belief import default_probability
from sim.credit.binary_regression import fit_probit
from sim.model.learning import learn_rating
from sim.state.firms import DIMENSIONS
from sim.state.population import Population
from sim.theory import logit
from sim.theory.bench.cohort import lend_once, venture
from sim.theory.bench.estimate import Measured, exact
from sim.theory.bench.frictionless import READS, investigation
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "real loans: nothing is simulated; own loans: all but five signals, one project, default"
PRODUCTION = (
    "sim.credit.binary_regression.fit_logit",
    "sim.model.learning.learn_rating",
    "sim.policies.rating.estimated.Estimated.learn",
    "sim.state.archive.file_month",
)
CASE = {"level": -1.2, "slope": 0.8, "precision": 4.0}
(PUBLISHED,) = logit.EXAMPLES
FIRMS = 30_000


def answers(case: Mapping[str, float]) -> Answer:
    """Return the published coefficients, and those with which the bank's loans fail."""
    left = 1.0 / (1.0 + case["precision"])  # variance of each dimension, and so of their sum
    shrink = math.sqrt(1.0 + case["slope"] ** 2 * left)
    weights = zip(DIMENSIONS, Population().weights, strict=True)
    return {
        **{f"published: {name}": value for name, value in PUBLISHED.expected.items()},
        "learned: intercept": case["level"] / shrink,
        **{f"learned: {k}": -case["slope"] * float(weight) / shrink for k, weight in weights},
    }


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the estimator's coefficients on real loans, and those a production bank learns."""
    unit = 0.5001 * 10.0**-PUBLISHED.digits
    published = {
        f"published: {name}": exact(value, unit / max(1.0, abs(value)))
        for name, value in logit.closed_form().items()
    }
    return published | lesson(seed, case)


def lesson(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return what a bank learns from loans that it made to all firms."""
    trial = Trial(
        {
            "firms.count": FIRMS,
            "banks.main.screening": investigation(dict.fromkeys(READS, case["precision"])),
            "banks.main.rating": {"kind": "estimated", "ridge": 0, "data_cost": 0},
        },
        seed,
    )
    rows, market, archive = lend_once(trial), trial.market, trial.simulation.archive
    if archive is None:
        raise RuntimeError("a bank that learns keeps no archive")
    fails = default_probability(market.firms.theta[rows], 0.0, case["level"], case["slope"])
    venture(trial, rows, 1.0 - fails)
    trial.run_months(4)
    (bank,) = trial.simulation.after
    rating = bank.policy.rating
    every = rating.learns_every
    # the first estimate for which these loans are old enough
    month = every * (rating.outcome_after // every + 1) + 1
    learn_rating(bank, archive, market, month)
    # the lesson has coefficients alone; the same fit gives their standard errors
    features, defaulted = archive.experience(0, 0, month, bureau=False)
    errors = fit_probit(features, defaulted.astype(float)).standard_errors
    names = ("intercept", *DIMENSIONS)
    return {
        f"learned: {name}": Measured(float(value), float(error))
        for name, value, error in zip(names, np.asarray(bank.lessons[0]), errors, strict=True)
    }
