"""What must be run for which question."""

from math import comb

import pytest

from sim.analysis.coalitions import draw_orders, needed, prefixes, subsets
from sim.core.errors import RequestError


def names(coalitions):
    return ["".join(sorted(one)) for one in coalitions]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("package", ["", "abc"]),
        ("alone", ["", "a", "b", "c"]),
        ("leave-one-out", ["ab", "ac", "bc", "abc"]),
        ("interactions", ["", "a", "b", "c", "ab", "ac", "bc"]),
        ("shapley", ["", "a", "b", "c", "ab", "ac", "bc", "abc"]),
    ],
)
def test_each_question_names_its_coalitions(question, expected):
    assert names(needed("abc", [question])) == expected


def test_questions_share_their_coalitions():
    assert names(needed("abc", ["alone", "package", "leave-one-out"])) == [
        "", "a", "b", "c", "ab", "ac", "bc", "abc",
    ]  # fmt: skip


def test_the_order_of_packages_is_kept():
    assert names(needed("ba", ["alone"])) == ["", "b", "a"]


def test_orders_add_their_prefixes():
    assert names(needed("abc", [], orders=["cab"])) == ["", "c", "ac", "abc"]
    assert prefixes("ca") == [frozenset(), frozenset("c"), frozenset("ca")]


def test_ten_packages_are_sampled_not_enumerated():
    ten = [f"p{i}" for i in range(10)]
    with pytest.raises(RequestError, match="1024 arms"):
        needed(ten, ["shapley"])
    plan = needed(ten, [], orders=draw_orders(ten, 8, key=1))
    assert len(plan) <= 2 + 16 * 9
    assert frozenset(ten) in plan


def test_subsets_follow_their_bits():
    found = subsets("abc")
    assert found[0b101] == frozenset("ac")
    assert [sum(len(s) == size for s in found) for size in range(4)] == [
        comb(3, i) for i in range(4)
    ]


def test_orders_come_with_their_reverse_and_repeat_with_their_key():
    orders = draw_orders("abcd", 5, key=2)
    assert all(back == order[::-1] for order, back in zip(orders[::2], orders[1::2], strict=True))
    assert all(sorted(order) == list("abcd") for order in orders)
    assert orders == draw_orders("abcd", 5, key=2)
    assert orders != draw_orders("abcd", 5, key=3)


def test_a_package_named_twice_is_refused():
    with pytest.raises(RequestError, match="'a' is named twice"):
        needed("aba", ["alone"])
