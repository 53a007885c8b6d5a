"""Seeds that cannot be meant are refused in one line, before anything runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.errors import RequestError
from sim.model.simulate import simulate
from tests.model.worlds import scenario

WORLD = scenario(horizon=1, burn_in={"months": 1}, firms={"count": 5})


@pytest.mark.parametrize(
    ("seeds", "complaint"),
    [
        ([], "names no seed"), ([1, 1], "named twice"), ([-1], "found -1"),
        ([2**63], f"found {2**63}"), ([1.5], "found 1.5"), (["7"], "found '7'"),
        ([True], "found True"), ([None], "found None"), (0, "found 0"), (2.0, "found 2.0"),
        (10**9, "from 1 to 1,000,000; found 1000000000"), ("1-9999999999999", "at most 1,000,000"),
    ],
)  # fmt: skip
def test_a_seed_that_cannot_be_meant_is_refused(seeds: Any, complaint: str) -> None:
    with pytest.raises(RequestError, match=complaint):
        simulate(WORLD, seeds=seeds)


def test_one_seed_or_several_but_not_both() -> None:
    with pytest.raises(RequestError, match="either seed or seeds"):
        simulate(WORLD, 3, seeds=[4])


def test_seven_is_the_seed_of_those_who_name_none() -> None:
    assert simulate(WORLD).summary["seed"].tolist() == [7]
    assert simulate(WORLD, 0).summary["seed"].tolist() == [0]
    assert simulate(WORLD, np.int64(3)).summary["seed"].tolist() == [3]


@pytest.mark.parametrize("seeds", [2, "1..2", "1-2", (2, 1), np.array([1, 2]), iter([1, 2])])
def test_several_seeds_may_be_written_in_several_ways(seeds: Any) -> None:
    assert sorted(simulate(WORLD, seeds=seeds).summary["seed"]) == [1, 2]


def test_seeds_keep_the_order_in_which_they_are_given() -> None:
    assert simulate(WORLD, seeds=[2**63 - 1, 0]).summary["seed"].tolist() == [2**63 - 1, 0]
