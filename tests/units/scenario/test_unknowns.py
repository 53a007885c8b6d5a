"""What nobody knows: ranges halved and doubled on their scale, and what is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sim.scenario.unknowns import RANGES, USUAL, Robust, Unknown, moved


def test_on_a_log_scale_half_a_range_is_the_root_and_twice_it_the_square() -> None:
    # from a base of 1: half as far as 4 is 2, twice as far is 16
    assert moved("log", 1.0, 4.0, 0.5) == pytest.approx(2.0)
    assert moved("log", 1.0, 4.0, 2.0) == pytest.approx(16.0)
    assert moved("log", 3.0, 6.0, 2.0) == pytest.approx(12.0)
    assert moved("log", 3.0, 6.0, 1.0) == pytest.approx(6.0)


def test_on_logit_the_odds_are_halved_and_doubled_and_a_share_stays_inside() -> None:
    # odds 1/4 at .2 and 1 at .5: twice as far from .5 are odds of 1/16
    assert moved("logit", 0.5, 0.2, 2.0) == pytest.approx(1 / 17)
    assert moved("logit", 0.5, 0.2, 0.5) == pytest.approx(1 / 3)
    assert 0.0 < moved("logit", 0.5, 0.999, 2.0) < 1.0


@pytest.mark.parametrize("name", USUAL)
def test_a_base_value_moves_nowhere(name: str) -> None:
    one = USUAL[name]
    middle = one.values[1]
    for width in RANGES.values():
        assert moved(one.scale, middle, middle, width) == pytest.approx(middle)


def test_ends_lie_at_the_ends_and_levels_have_equal_room() -> None:
    ends = Unknown(keys=["x"], values=[1.0, 100.0])
    assert ends.at(0.0) == pytest.approx(1.0)
    assert ends.at(0.5) == pytest.approx(10.0)
    levels = Unknown(keys=["x"], values=[1.0, 2.0, 4.0])
    assert [levels.at(share) for share in (0.0, 0.32, 0.34, 0.66, 0.67, 0.99)] == [1, 1, 2, 2, 4, 4]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"keys": ["x"], "values": [2.0, 1.0]}, "each above the last"),
        ({"keys": ["x"], "values": [2.0]}, "two or more"),
        ({"keys": ["x"], "values": [0.0, 1.0]}, "between 0 and inf"),
        ({"keys": ["x"], "values": [0.5, 1.0], "scale": "logit"}, "between 0 and 1"),
    ],
)
def test_a_range_that_is_none_is_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Unknown.model_validate(given)


@pytest.mark.parametrize(
    ("quantities", "said"),
    [
        ({"a": {"keys": ["x"], "values": [1, 2]}}, "at least two"),
        ({"a": {"keys": ["x"], "values": [1, 2]}, "b": {"values": [1, 2]}}, "names no key"),
        (
            {
                "a": {"keys": ["x"], "values": [1, 2]},
                "unit_costs": {"keys": ["x"], "values": [1, 2]},
            },
            "names no keys",
        ),
        (
            {"a": {"keys": ["x"], "values": [1, 2]}, "diverted_share": {"values": [0.1, 0.2]}},
            "scale is logit",
        ),
        (
            {"a": {"keys": ["x"], "values": [1, 2]}, "ruin": {"keys": ["x"], "values": [1, 2]}},
            "must be multiples",
        ),
    ],
)
def test_a_design_that_cannot_be_set_is_refused(quantities: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Robust.model_validate({"quantities": quantities})
