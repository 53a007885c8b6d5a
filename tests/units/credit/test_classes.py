"""The five classes change on the day that the rule says, and provisions follow the schedule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.credit import classes
from sim.credit.classes import LoanClass

LAW = settings(deadline=None, derandomize=True, max_examples=60)


@pytest.mark.parametrize(
    ("dpd", "expected"),
    [
        (0, LoanClass.NORMAL),
        (1, LoanClass.SPECIAL_MENTION),
        (90, LoanClass.SPECIAL_MENTION),
        (91, LoanClass.SUBSTANDARD),
        (270, LoanClass.SUBSTANDARD),
        (271, LoanClass.DOUBTFUL),
        (360, LoanClass.DOUBTFUL),
        (361, LoanClass.LOSS),
        (9999, LoanClass.LOSS),
    ],
)
def test_the_day_a_class_begins(dpd: int, expected: LoanClass) -> None:
    assert classes.classify(dpd) == expected
    assert classes.classify(np.array([dpd])).tolist() == [expected]


@LAW
@given(st.lists(st.integers(0, 800), min_size=2))
def test_more_days_never_mean_a_better_class(days: list[int]) -> None:
    graded = classes.classify(sorted(days))
    assert (np.diff(graded) >= 0).all()
    defaulted = np.sort(days) > classes.DEFAULT_DPD
    np.testing.assert_array_equal(graded >= LoanClass.SUBSTANDARD, defaulted)


@pytest.mark.parametrize(("grade", "percent"), [*enumerate((1, 2, 25, 50, 100))])
def test_the_schedule_of_the_five_classes(grade: int, percent: int) -> None:
    by_class = np.where(np.arange(5) == grade, 200.0, 0.0)
    assert classes.required_provision(by_class) == pytest.approx(2.0 * percent)


@LAW
@given(st.lists(st.tuples(st.floats(0.0, 1e7), st.integers(0, 800)), max_size=30))
def test_a_books_schedule_is_the_sum_over_its_loans(book: list[tuple[float, int]]) -> None:
    exposure = np.array([loan for loan, _ in book])
    graded = classes.classify(np.array([days for _, days in book], dtype=int))
    by_class = np.bincount(graded, exposure, 5)
    # when coverage asks for nothing
    assert classes.required_provision(by_class) == pytest.approx(
        (exposure * np.array([0.01, 0.02, 0.25, 0.5, 1.0])[graded]).sum()
    )


def test_the_stricter_of_schedule_and_coverage_binds() -> None:
    by_class = [1000.0, 100.0, 40.0, 20.0, 10.0]  # schedule 10+2+10+10+10 = 42, npl 70
    assert classes.required_provision(by_class, coverage_min=0.5) == pytest.approx(42.0)
    assert classes.required_provision(by_class, coverage_min=1.5) == pytest.approx(105.0)
