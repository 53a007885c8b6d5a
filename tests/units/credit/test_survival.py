"""Kaplan-Meier: the textbook example to its printed digits, SciPy, and the cases with no loans."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.credit.survival import kaplan_meier

# Remission of leukaemia under 6-MP, in weeks; + is censored.  Freireich et al. (1963), as printed
# in Kleinbaum & Klein, Survival Analysis, table 2.3: S(6), S(7), S(10), S(13), S(16), S(22), S(23)
EVENTS = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PRINTED = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}


def counts(events: list[int], censored: list[int], ages: int) -> tuple[np.ndarray, np.ndarray]:
    every = np.array(events + censored)
    at_risk = np.array([(every >= age).sum() for age in range(1, ages + 1)])
    defaults = np.array([events.count(age) for age in range(1, ages + 1)])
    return at_risk, defaults


def test_it_gives_the_printed_table() -> None:
    share = kaplan_meier(*counts(EVENTS, CENSORED, 35)).share
    for week, printed in PRINTED.items():
        assert share[week - 1] == pytest.approx(printed, abs=5e-5)


def test_share_and_error_are_those_of_scipy() -> None:
    rng = np.random.default_rng(5)
    event, leave = rng.geometric(0.05, 400), rng.integers(1, 37, 400)
    died = event <= leave
    events, censored = event[died].tolist(), leave[~died].tolist()
    found = kaplan_meier(*counts(events, censored, 36))
    theirs = stats.ecdf(stats.CensoredData(uncensored=events, right=censored)).sf
    ages = np.unique(events)
    np.testing.assert_allclose(found.share[ages - 1], theirs.evaluate(ages))
    # their interval at 95 % is S +- 1.96 standard errors, Greenwood's, cut to 0 and 1
    low = theirs.confidence_interval(0.95).low.evaluate(ages)
    inside = low > 0
    reached = (found.share - found.standard_error * stats.norm.ppf(0.975))[ages - 1]
    assert inside.sum() > 10
    np.testing.assert_allclose(reached[inside], low[inside], atol=1e-12)


def test_without_loans_at_risk_nothing_changes_and_without_survivors_it_is_zero() -> None:
    found = kaplan_meier([[0, 0, 0], [4, 0, 2]], [[0, 0, 0], [1, 0, 2]])
    np.testing.assert_array_equal(found.share, [[1, 1, 1], [0.75, 0.75, 0]])
    assert found.standard_error[1, 2] == 0
    assert np.isfinite(found.standard_error).all()


def test_no_ages_give_no_shares() -> None:
    assert kaplan_meier([], []).share.shape == (0,)
