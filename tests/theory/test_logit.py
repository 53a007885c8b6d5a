"""The published regression on real loans (row n) is found by two programs."""

from __future__ import annotations

import numpy as np
import pytest

from sim.theory import logit


def test_the_data_are_those_of_the_article() -> None:
    features, default = logit.sba_case()
    assert features.shape == (1051, 3)
    _, other = logit.sba_case(training=False)
    assert other.size == 1050  # one row short of the article's 2,102
    assert default.sum() + other.sum() == 686
    assert set(np.unique(features[:, [0, 2]])) == {0.0, 1.0}
    assert 0.0 < features[:, 1].min() <= features[:, 1].max() <= 1.0


def test_another_program_finds_the_same() -> None:
    from statsmodels.discrete.discrete_model import Logit

    features, default = logit.sba_case()
    design = np.column_stack([np.ones(len(default)), features])
    theirs = Logit(default, design).fit(disp=0, tol=1e-12)
    assert list(logit.closed_form().values()) == pytest.approx(theirs.params, abs=1e-8)


def test_the_other_half_tells_another_story() -> None:
    # the figures belong to the training half alone: on the other half they do not come out
    from sim.credit.binary_regression import fit_logit

    other = fit_logit(*logit.sba_case(training=False)).coefficients
    (example,) = logit.EXAMPLES
    assert not example.holds(dict(zip(("intercept", *logit.NAMES), other, strict=True)))
