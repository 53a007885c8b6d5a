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

from sim.core.arrays import Bools, Floats
from sim.core.errors import RequestError
from sim.credit import normal
from sim.credit.domain import floats, within

_STEPS = 100
_SMALL = 1e-10  # the search ends at a step below this, relative to the coefficients
_UNEVEN = 1e3  # columns are scaled if a spread, or a mean over its spread, is this far from 1
_CERTAIN = 5.0  # a score beyond this may come from separated outcomes
_GAIN = 1e-5  # least gain of a separating direction in some row, of at most 1


@dataclass(frozen=True, eq=False)
class Fit:
    """Estimated coefficients, the intercept first, with their standard errors, shape (k+1,).

    `problem` says why the search has not `converged` to the one best fit, for example
    "outcomes separated by the features"; the coefficients are then arbitrary and, if no best fit
    exists, the standard errors are NaN.
    """

    coefficients: Floats
    standard_errors: Floats
    log_likelihood: float
    converged: bool
    problem: str = ""


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
    penalise the intercept; shape (k+1,) sets each penalty.  Units and offsets of x do not matter.
    Without a ridge there may be no best fit (one outcome only, outcomes separated by x, collinear
    columns); `converged` is then False and `problem` says why.  Raises `RequestError` for no rows,
    an outcome other than 0 or 1, values that are not finite, shapes that do not fit, and a
    negative ridge.
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
    features, outcome = _checked(features, outcome)
    raw = np.column_stack([np.ones(len(outcome)), features])
    side = 2.0 * outcome - 1.0
    penalty = _per_coefficient("ridge", within("ridge", ridge, 0.0), raw.shape[1])
    if np.ndim(ridge) == 0:
        penalty[0] = 0.0
    centre = _per_coefficient("centre", floats(centre), raw.shape[1])
    # the search is for other coefficients b of even columns; those of x are back @ b
    design, back = _even(raw)

    def objective(at: Floats) -> float:
        penalised = 0.5 * penalty @ (back @ at - centre) ** 2
        return float(terms(design @ at, side)[0].sum() - penalised)

    at = floats(np.linalg.solve(back, centre))
    converged = False
    for _ in range(_STEPS):
        _, slope, information = terms(design @ at, side)
        gradient = design.T @ slope - back.T @ (penalty * (back @ at - centre))
        curvature = (design.T * information) @ design + (back.T * penalty) @ back
        step = np.linalg.lstsq(curvature, gradient, rcond=None)[0]
        current = objective(at)
        while objective(at + step) < current and np.abs(step).max() > _SMALL:
            step = 0.5 * step
        at = at + step
        if np.abs(step).max() <= _SMALL * (1.0 + np.abs(at).max()):
            converged = True
            break
    likelihood, _, information = terms(design @ at, side)
    curvature = (design.T * information) @ design + (back.T * penalty) @ back
    errors = np.sqrt(np.diag(back @ np.linalg.pinv(curvature) @ back.T))
    doubtful = not converged or bool(np.abs(design @ at).max() > _CERTAIN)
    problem = _no_best_fit(raw, side, penalty == 0.0, doubtful)
    if problem:
        errors = np.full_like(errors, np.nan)
    elif not converged:
        problem = f"no best fit found in {_STEPS} steps"
    return Fit(back @ at, errors, float(likelihood.sum()), not problem, problem)


def _checked(features: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Floats]:
    """Return features, shape (n, k), and outcome (n,), as floats."""
    features, outcome = floats(features), floats(outcome)
    if np.ndim(outcome) != 1 or np.ndim(features) not in (1, 2):
        raise RequestError("features must be of shape (n, k) and outcome of shape (n,)")
    if len(features) != len(outcome):
        raise RequestError(f"{len(features)} rows of features, but {len(outcome)} outcomes")
    if not len(outcome):
        raise RequestError("there are no rows to fit")
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise RequestError("outcome holds values other than 0 and 1")
    if not np.isfinite(features).all():
        raise RequestError("features hold values that are not finite")
    return features, outcome


def _per_coefficient(name: str, value: Floats, count: int) -> Floats:
    """Return a copy of shape (k+1,) of one number, or of one for each coefficient."""
    if np.shape(value) not in ((), (1,), (count,)):
        raise RequestError(f"{name} must be one number or {count}; found shape {np.shape(value)}")
    return np.broadcast_to(value, (count,)).astype(float)


def _even(design: Floats) -> tuple[Floats, Floats]:
    """Return the design with mean 0 and spread 1 in each column, and the matrix back to raw ones.

    Normal equations of columns that differ much in size, or have a large mean, are singular in
    floating point.  Columns that are even enough stay as they are, with the identity.
    """
    back = np.eye(design.shape[1])
    mean, spread = design.mean(axis=0), design.std(axis=0)
    varies = spread > 1e-12 * np.abs(mean)
    varies[0] = False
    size, offset = spread[varies], np.abs(mean[varies])
    if ((size < _UNEVEN) & (size > 1.0 / _UNEVEN) & (offset < _UNEVEN * size)).all():
        return design, back
    mean, spread = np.where(varies, mean, 0.0), np.where(varies, spread, 1.0)
    back[0] -= mean / spread
    np.fill_diagonal(back, 1.0 / spread)
    return (design - mean) / spread, back


def _no_best_fit(design: Floats, side: Floats, free: Bools, doubtful: bool) -> str:
    """Return why the coefficients without a penalty, `free` (k+1,), have no best values, or "".

    A direction along which every row fits at least as well, and some better, leads the search to
    infinity; a linear programme looks for one if the fit is `doubtful`.
    """
    if free[0] and abs(side.sum()) == side.size:
        return "one outcome only"
    columns = design[:, free]
    if free[0]:
        columns[:, 1:] -= columns[:, 1:].mean(axis=0)
    largest = np.abs(columns).max(axis=0, initial=0.0)
    columns = columns / np.where(largest > 0.0, largest, 1.0)
    if columns.size and np.linalg.matrix_rank(columns) < columns.shape[1]:
        return "collinear columns"
    if not columns.size or not doubtful:
        return ""
    from scipy.optimize import linprog

    better = side[:, None] * columns
    found = linprog(-better.sum(axis=0), -better, np.zeros(side.size), bounds=(-1.0, 1.0))
    separated = found.status == 0 and bool((better @ found.x).max() > _GAIN)
    return "outcomes separated by the features" if separated else ""
