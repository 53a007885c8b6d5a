"""How a bank estimates a PD from its own loans: logit or probit by Fisher scoring, with a ridge.

The same estimator serves the yearly rating of the simulated bank and, without ridge, reproduces a
published regression on real loans (`sim.theory.logit`).  A few hundred closed loans are often
perfectly separated by chance, and then the likelihood has no maximum.  The ridge pulls the
coefficients towards the bank's earlier ones and keeps them finite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.core.errors import RequestError
from sim.credit import normal
from sim.credit.domain import floats

_STEPS = 100
_SMALL = 1e-10  # the search ends at a step below this, relative to the coefficients


@dataclass(frozen=True, eq=False)
class Fit:
    """Estimated coefficients, the intercept first, with their standard errors, shape (k+1,)."""

    coefficients: Floats
    standard_errors: Floats
    log_likelihood: float
    converged: bool


def fit_logit(
    features: ArrayLike, outcome: ArrayLike, ridge: ArrayLike = 0.0, centre: ArrayLike = 0.0
) -> Fit:
    """Return the fit of `P(y=1) = 1/(1 + e^-(c_0 + c'x))`; arguments as for `fit_probit`."""
    return _fit(_logit_terms, features, outcome, ridge, centre)


def fit_probit(
    features: ArrayLike, outcome: ArrayLike, ridge: ArrayLike = 0.0, centre: ArrayLike = 0.0
) -> Fit:
    """Return the fit of `P(y=1) = Phi(c_0 + c'x)` to the data.

    `features` x has shape (n, k), without a column of ones; `outcome` y (n,) of 0 and 1.  The
    objective is the log-likelihood less `ridge/2 |c - centre|^2`.  One number for `ridge` does not
    penalise the intercept; shape (k+1,) sets each penalty.  Raises `RequestError` for an outcome
    other than 0 or 1.  Without a ridge the maximum may not exist (one outcome only, or outcomes
    separated by x); `converged` is then False.
    """
    return _fit(_probit_terms, features, outcome, ridge, centre)


Terms = Callable[[Floats, Floats], tuple[Floats, Floats, Floats]]


def _logit_terms(eta: Floats, side: Floats) -> tuple[Floats, Floats, Floats]:
    chance = 0.5 * (1.0 + np.tanh(0.5 * eta))
    likelihood = -np.logaddexp(0.0, -side * eta)
    return likelihood, 0.5 * (1.0 + side) - chance, chance * (1.0 - chance)


def _probit_terms(eta: Floats, side: Floats) -> tuple[Floats, Floats, Floats]:
    information = normal.inverse_mills(eta) * normal.inverse_mills(-eta)
    return normal.log_cdf(side * eta), side * normal.inverse_mills(side * eta), information


def _fit(
    terms: Terms, features: ArrayLike, outcome: ArrayLike, ridge: ArrayLike, centre: ArrayLike
) -> Fit:
    """Maximise by Fisher scoring; a step that lowers the objective is halved.

    `terms(eta, side)` gives, per row, the log-likelihood, its slope in eta and the expected
    information, where side is +1 for an outcome of 1 and -1 for 0.
    """
    features, outcome = floats(features), floats(outcome)
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise RequestError("outcome holds values other than 0 and 1")
    design = np.column_stack([np.ones(len(outcome)), features])
    side = 2.0 * outcome - 1.0
    penalty = np.broadcast_to(ridge, design.shape[1:]).astype(float)
    if np.ndim(ridge) == 0:
        penalty[0] = 0.0
    centre = np.broadcast_to(floats(centre), design.shape[1:])

    def objective(at: Floats) -> float:
        return float(terms(design @ at, side)[0].sum() - 0.5 * penalty @ (at - centre) ** 2)

    at, converged = centre.copy(), False
    for _ in range(_STEPS):
        _, slope, information = terms(design @ at, side)
        gradient = design.T @ slope - penalty * (at - centre)
        curvature = (design.T * information) @ design + np.diag(penalty)
        step = np.linalg.lstsq(curvature, gradient, rcond=None)[0]
        current = objective(at)
        while objective(at + step) < current and np.abs(step).max() > _SMALL:
            step = 0.5 * step
        at = at + step
        if np.abs(step).max() <= _SMALL * (1.0 + np.abs(at).max()):
            converged = True
            break
    likelihood, _, information = terms(design @ at, side)
    curvature = (design.T * information) @ design + np.diag(penalty)
    errors = np.sqrt(np.diag(np.linalg.pinv(curvature)))
    return Fit(at, errors, float(likelihood.sum()), converged)
