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
    assert (classes.non_performing(graded) == (np.sort(days) > classes.DEFAULT_DPD)).all()


def test_provisions_of_one_loan_in_each_class() -> None:
    provision = classes.scheduled_provision(np.full(5, 200.0), np.arange(5))
    assert provision == pytest.approx([2.0, 4.0, 50.0, 100.0, 200.0])


@LAW
@given(st.lists(st.tuples(st.floats(0.0, 1e7), st.integers(0, 800)), max_size=30))
def test_a_books_schedule_is_the_sum_over_its_loans(book: list[tuple[float, int]]) -> None:
    exposure = np.array([loan for loan, _ in book])
    graded = classes.classify(np.array([days for _, days in book], dtype=int))
    by_class = np.bincount(graded, exposure, 5)
    # when coverage asks for nothing
    assert classes.required_provision(by_class) == pytest.approx(
        classes.scheduled_provision(exposure, graded).sum()
    )


def test_the_stricter_of_schedule_and_coverage_binds() -> None:
    by_class = [1000.0, 100.0, 40.0, 20.0, 10.0]  # schedule 10+2+10+10+10 = 42, npl 70
    assert classes.required_provision(by_class, coverage_min=0.5) == pytest.approx(42.0)
    assert classes.required_provision(by_class, coverage_min=1.5) == pytest.approx(105.0)
