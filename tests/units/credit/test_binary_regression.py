"""The bank's estimator agrees with a library that it does not use, and stays finite."""

from __future__ import annotations

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
