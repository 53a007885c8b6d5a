"""Two arms are compared on the seeds and months that both have, over all banks together."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.report.figures.monthly import pair_arms


def test_only_common_seeds_are_kept(months: pd.DataFrame) -> None:
    one_failed = months[~((months["arm"] == "new") & (months["seed"] == 8))]
    pair = pair_arms(one_failed, "base", "new")
    assert pair.seeds == [7, 9]
    base, new = pair.series("profit")
    assert base.to_numpy().tolist() == [[1e6, 3e6], [2e6, 7e6]]
    assert new.to_numpy().tolist() == [[2e6, 3e6], [2e6, 9e6]]


def test_the_order_of_rows_does_not_matter(months: pd.DataFrame) -> None:
    shuffled = months.sample(frac=1.0, random_state=1)
    straight, mixed = pair_arms(months, "base", "new"), pair_arms(shuffled, "base", "new")
    pd.testing.assert_frame_equal(straight.base, mixed.base)
    pd.testing.assert_frame_equal(straight.other, mixed.other)


def test_banks_are_taken_together_by_the_size_of_their_books(months: pd.DataFrame) -> None:
    small = months.assign(bank="small", npl_ratio=0.10, gross_loans=50e6, profit=1e6)
    pair = pair_arms(pd.concat([months, small], ignore_index=True), "base", "new")
    # month 1 of seed 7: bad loans 2 m of 100 m and 5 m of 50 m; profits 1 m and 1 m
    assert pair.base.loc[(7, 1), "npl_ratio"] == pytest.approx(7 / 150)
    assert pair.base.loc[(7, 1), "profit"] == pytest.approx(2e6)


def test_a_book_that_lends_nothing_has_no_bad_loans(months: pd.DataFrame) -> None:
    empty = months.assign(gross_loans=0.0, npl_ratio=float("nan"))
    assert (pair_arms(empty, "base", "new").base["npl_ratio"] == 0.0).all()


@pytest.mark.parametrize(
    ("base", "other", "said"),
    [
        ("base", "newer", r"no arm 'newer'.*known: base, new; did you mean 'new'\?"),
        ("bass", "new", r"no arm 'bass'.*did you mean 'base'\?"),
        ("base", "base", "cannot be compared with itself"),
    ],
)
def test_a_wrong_arm_is_named(months: pd.DataFrame, base: str, other: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        pair_arms(months, base, other)


@pytest.mark.parametrize(
    "name", ["arm", "seed", "bank", "month", "npl_ratio", "gross_loans", "profit"]
)
def test_a_missing_column_is_named(months: pd.DataFrame, name: str) -> None:
    with pytest.raises(RequestError, match=f"'{name}'"):
        pair_arms(months.drop(columns=name), "base", "new")


def test_a_row_that_stands_twice_is_refused(months: pd.DataFrame) -> None:
    with pytest.raises(RequestError, match="more than one row"):
        pair_arms(pd.concat([months, months.tail(1)]), "base", "new")


def test_arms_without_a_common_seed_are_refused(months: pd.DataFrame) -> None:
    apart = months.assign(seed=months["seed"] + 100 * (months["arm"] == "new"))
    with pytest.raises(RequestError, match="share no seed"):
        pair_arms(apart, "base", "new")


def test_arms_of_different_length_are_refused(months: pd.DataFrame) -> None:
    shorter = months[(months["arm"] == "base") | (months["month"] == 1)]
    with pytest.raises(RequestError, match="different months"):
        pair_arms(shorter, "base", "new")
