"""Every exact answer has the same shape and meets its own printed figures."""

from __future__ import annotations

import math

import pytest

from sim.core.errors import RequestError
from sim.theory.rows import Example, row, rows

ALL = [(name, example) for name, found in rows().items() for example in found.EXAMPLES]


def test_the_rows_are_those_of_the_theory_sheet() -> None:
    letters = [found.ROW for found in rows().values()]
    assert letters == ["a", "b", "c1", "c2", "c3", *"defghijklmnop"]


@pytest.mark.parametrize(("name", "example"), ALL, ids=[name for name, _ in ALL])
def test_examples_hold_to_their_printed_digits(name: str, example: Example) -> None:
    answer = row(name).closed_form(**example.parameters)
    assert example.holds(answer), f"{answer} against {dict(example.expected)}"


def test_an_example_does_not_hold_one_digit_off() -> None:
    example = Example({}, {"rate": 0.1234}, 4)
    assert example.holds({"rate": 0.12344})
    assert not example.holds({"rate": 0.1235})
    assert not example.holds({"rate": math.nan})


@pytest.mark.parametrize("name", rows())
def test_a_row_says_its_formula_and_its_reading(name: str) -> None:
    found = row(name)
    assert "`" in (found.__doc__ or "")
    assert "Reading: " in (found.__doc__ or "")
    assert found.TITLE


def test_a_row_is_found_by_letter_or_name() -> None:
    assert row("e") is row("costly_verification")
    with pytest.raises(RequestError, match=r"did you mean 'lemons'\?"):
        row("lemon")
