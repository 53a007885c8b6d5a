"""Seeds that cannot be meant are refused in one line, before anything runs."""

from __future__ import annotations

from typing import Any

import pytest

from sim.core.errors import RequestError
from sim.model.simulate import simulate
from tests.model.worlds import scenario

WORLD = scenario(horizon=1, burn_in={"months": 1}, firms={"count": 5})


@pytest.mark.parametrize(
    ("seeds", "complaint"),
    [
        ([], "seeds is empty"), ([1, 1], "seeds repeat"), ([-1], "seed -1 must be"),
        ([2**63], f"seed {2**63} must be"), ([1.5], "seed 1.5 must be"),
        (["7"], "seed '7' must be"), ([True], "seed True must be"), ([None], "seed None must be"),
    ],
)  # fmt: skip
def test_a_seed_that_cannot_be_meant_is_refused(seeds: list[Any], complaint: str) -> None:
    with pytest.raises(RequestError, match=complaint):
        simulate(WORLD, seeds=seeds)


def test_one_seed_or_several_but_not_both() -> None:
    with pytest.raises(RequestError, match="either seed or seeds"):
        simulate(WORLD, 3, seeds=[4])


def test_seven_is_the_seed_of_those_who_name_none() -> None:
    assert simulate(WORLD).summary["seed"].tolist() == [7]
    assert simulate(WORLD, 0).summary["seed"].tolist() == [0]
    assert simulate(WORLD, seeds=[2**63 - 1, 0]).summary["seed"].tolist() == [2**63 - 1, 0]
