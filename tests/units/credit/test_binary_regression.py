"""The bank's estimator agrees with a library that it does not use, and stays finite."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.errors import RequestError
from sim.credit.binary_regression import fit_logit, fit_probit


def sample(n: int = 600) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(11)
    x = rng.normal(size=(n, 2))
    return x, (rng.random(n) < 1 / (1 + np.exp(1.5 - x @ [0.8, -0.5]))).astype(float)


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_a_library_finds_the_same(link: str) -> None:
    from statsmodels.discrete.discrete_model import Logit, Probit

    x, y = sample()
    design = np.column_stack([np.ones(len(y)), x])
    theirs = {"logit": Logit, "probit": Probit}[link](y, design).fit(disp=0, tol=1e-12)
    ours = {"logit": fit_logit, "probit": fit_probit}[link](x, y)
    assert ours.converged
    assert ours.coefficients == pytest.approx(theirs.params, abs=1e-7)
    assert ours.log_likelihood == pytest.approx(theirs.llf, abs=1e-8)
    # theirs uses the observed curvature, ours the expected one: the same for logit alone
    assert ours.standard_errors == pytest.approx(theirs.bse, rel=1e-6 if link == "logit" else 0.02)


@pytest.mark.parametrize("fit", [fit_logit, fit_probit])
def test_a_ridge_is_the_top_of_its_own_hill(fit: object) -> None:
    x, y = sample(80)
    ridge, centre = np.array([3.0, 2.0, 5.0]), np.array([-1.0, 0.5, 0.0])
    best = fit(x, y, ridge, centre).coefficients  # type: ignore[operator]

    def objective(at: np.ndarray) -> float:
        eta = np.column_stack([np.ones(len(y)), x]) @ at
        if fit is fit_logit:
            chance = 1 / (1 + np.exp(-eta))
        else:
            from scipy.stats import norm

            chance = norm.cdf(eta)
        log = np.where(y == 1, np.log(chance), np.log(1 - chance)).sum()
        return float(log - 0.5 * ridge @ (at - centre) ** 2)

    top = objective(best)
    rng = np.random.default_rng(3)
    assert all(objective(best + rng.normal(scale=s, size=3)) < top for s in (1e-3, 0.1) * 20)


def test_ridge_leads_from_the_data_to_the_prior_view() -> None:
    x, y = sample()
    free = fit_probit(x, y).coefficients
    held = fit_probit(x, y, ridge=1e9, centre=[0.0, 0.3, 0.2]).coefficients
    assert held[1:] == pytest.approx([0.3, 0.2], abs=1e-5)
    between = fit_probit(x, y, ridge=100.0, centre=[0.0, 0.3, 0.2]).coefficients
    assert free[1] > between[1] > 0.3


def test_a_ridge_leaves_the_intercept_to_the_data() -> None:
    x, y = sample()
    held = fit_logit(x, y, ridge=1e9)
    assert held.coefficients[0] == pytest.approx(np.log(y.mean() / (1 - y.mean())), abs=1e-5)


def test_separated_outcomes_say_so_and_a_ridge_mends_them() -> None:
    x = np.linspace(-1, 1, 40)[:, None]
    y = (x[:, 0] > 0).astype(float)
    assert not fit_probit(x, y).converged
    mended = fit_probit(x, y, ridge=1.0)
    assert mended.converged
    assert 0.0 < mended.coefficients[1] < 20.0


def test_row_order_does_not_matter() -> None:
    x, y = sample()
    shuffled = np.random.default_rng(5).permutation(len(y))
    assert fit_probit(x[shuffled], y[shuffled]).coefficients == pytest.approx(
        fit_probit(x, y).coefficients, abs=1e-9
    )


def test_a_third_outcome_is_refused() -> None:
    with pytest.raises(RequestError, match="other than 0 and 1"):
        fit_logit([[1.0], [2.0]], [0.0, 2.0])


@pytest.mark.parametrize("fit", [fit_logit, fit_probit])
def test_a_start_far_away_is_survived(fit: object) -> None:
    # where nearly all chances are 0 or 1 the curvature says little and full steps leap beyond
    x, y = sample()
    near = fit(x, y).coefficients  # type: ignore[operator]
    far = fit(x, y, ridge=np.full(3, 1e-6), centre=[0.0, 9.0, 9.0])  # type: ignore[operator]
    assert far.converged
    assert far.coefficients == pytest.approx(near, abs=1e-4)


@pytest.mark.parametrize("fit", [fit_logit, fit_probit])
@pytest.mark.parametrize("ridge", [0.0, 2.0])
@pytest.mark.parametrize(("offset", "unit"), [(1e4, 1.0), (-1e7, 1.0), (0.0, 1e8), (30.0, 1e-9)])
def test_units_and_offsets_do_not_matter(
    fit: Any, ridge: float, offset: float, unit: float
) -> None:
    x, y = sample()
    plain = fit(x, y, ridge)
    # a penalty is on the coefficient in the units of its column, so it is moved with them
    penalties = np.array([0.0, ridge * unit**2, ridge])
    moved = fit((x + np.array([offset, 0.0])) * [unit, 1.0], y, penalties)
    assert moved.converged
    assert moved.problem == ""
    assert moved.coefficients[1:] * [unit, 1.0] == pytest.approx(plain.coefficients[1:], rel=1e-6)
    intercept = moved.coefficients[0] + moved.coefficients[1] * unit * offset
    assert intercept == pytest.approx(plain.coefficients[0], abs=1e-6)
    assert moved.standard_errors[1:] * [unit, 1.0] == pytest.approx(
        plain.standard_errors[1:], rel=1e-6
    )
    assert moved.log_likelihood == pytest.approx(plain.log_likelihood)


@pytest.mark.parametrize("fit", [fit_logit, fit_probit])
@pytest.mark.parametrize(
    ("x", "y", "problem"),
    [
        (np.arange(6.0), [0, 0, 0, 1, 1, 1], "outcomes separated by the features"),
        (np.arange(6.0) * 1e6, [0, 0, 0, 1, 1, 1], "outcomes separated by the features"),
        ([0, 1, 2, 2, 3, 4], [0, 0, 0, 1, 1, 1], "outcomes separated by the features"),
        ([0, 0, 0, 0, 1, 1], [0, 1, 0, 1, 1, 1], "outcomes separated by the features"),
        (np.arange(6.0), [0] * 6, "one outcome only"),
        (np.arange(6.0), [1] * 6, "one outcome only"),
        ([5.0] * 6, [0, 1, 0, 1, 1, 1], "collinear columns"),
        (np.outer(np.arange(6.0), [1.0, -2.0]), [0, 1, 0, 1, 0, 1], "collinear columns"),
    ],
)
def test_a_fit_that_does_not_exist_is_flagged_and_a_ridge_makes_it_exist(
    fit: Any, x: Any, y: list[int], problem: str
) -> None:
    x = np.asarray(x, float).reshape(len(y), -1)
    found = fit(x, y)
    assert not found.converged
    assert found.problem == problem
    assert np.isnan(found.standard_errors).all()
    held = fit(x, y, ridge=np.ones(1 + x.shape[1]))
    assert held.converged
    assert held.problem == ""
    assert (held.standard_errors > 0.0).all()


@pytest.mark.parametrize("fit", [fit_logit, fit_probit])
def test_certain_but_overlapping_outcomes_are_no_problem(fit: Any) -> None:
    x = np.concatenate([np.linspace(-20, -1, 50), [-0.1, 0.1], np.linspace(1, 20, 50)])
    y = (x > 0).astype(float)
    y[[50, 51]] = [1.0, 0.0]
    found = fit(x[:, None], y)
    assert found.converged
    assert np.isfinite(found.standard_errors).all()


@pytest.mark.parametrize("fit", [fit_logit, fit_probit])
def test_a_ridge_on_slopes_alone_leaves_an_intercept_without_a_best_value(fit: Any) -> None:
    assert fit(np.arange(6.0)[:, None], [0] * 6, ridge=1.0).problem == "one outcome only"


@pytest.mark.parametrize(
    ("x", "y", "more", "message"),
    [
        (np.zeros((0, 2)), [], {}, "no rows"),
        ([[1.0], [np.nan]], [0, 1], {}, "not finite"),
        ([[1.0], [np.inf]], [0, 1], {}, "not finite"),
        ([[1.0], [2.0]], [0, np.nan], {}, "other than 0 and 1"),
        ([[1.0], [2.0]], [0, 1, 1], {}, "2 rows of features, but 3 outcomes"),
        ([[1.0], [2.0]], 1.0, {}, "shape"),
        ([[1.0], [2.0]], [0, 1], {"ridge": -1.0}, "ridge is -1"),
        ([[1.0], [2.0]], [0, 1], {"ridge": [1.0, 2.0, 3.0]}, "ridge must be one number or 2"),
        ([[1.0], [2.0]], [0, 1], {"centre": [1.0, 2.0, 3.0]}, "centre must be one number or 2"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    x: Any, y: Any, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        fit_logit(x, y, **more)
