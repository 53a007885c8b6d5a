"""Tables fit the screen, and numbers are shown as finely as they are known."""

from __future__ import annotations

import math

import pytest

from sim.apps.layout import TextColumn, display_width, laid_out
from sim.results.units import decimals, interval, titled, written

COLUMNS = (
    TextColumn("", prose=True),
    TextColumn("base", number=True),
    TextColumn("differ-\nence", number=True),
)
ROWS = ["Risk", ["Default rate, % a year", "5.82", "-1.35"], ["NPL", "13.55", "+0.2"]]


def test_a_table_that_fits_keeps_its_columns() -> None:
    assert laid_out(COLUMNS, ROWS, 60) == [
        "                               differ-",
        "                         base     ence",
        "Risk",
        "Default rate, % a year   5.82    -1.35",
        "NPL                     13.55     +0.2",
    ]


def test_prose_is_broken_before_numbers_are() -> None:
    assert laid_out(COLUMNS, ROWS, 33) == [
        "                          differ-",
        "                     base    ence",
        "Risk",
        "Default rate, % a    5.82   -1.35",
        "  year",
        "NPL                 13.55    +0.2",
    ]


def test_where_nothing_fits_each_row_is_a_paragraph() -> None:
    assert laid_out(COLUMNS, ROWS, 24) == [
        "Risk",
        "Default rate, % a year",
        "  base 5.82; difference",
        "  -1.35",
        "NPL",
        "  base 13.55; difference",
        "  +0.2",
    ]


def test_wide_characters_take_two_places() -> None:
    assert display_width("郑州 a") == 6
    rows = [["郑州", "1"], ["abcd", "2"]]
    assert laid_out(COLUMNS[:2], rows, 60)[1:] == ["郑州     1", "abcd     2"]


@pytest.mark.parametrize(
    ("half", "level", "expected"),
    [
        (0.39, 5.0, 2),
        (1.2, 5.0, 1),
        (12.0, 5.0, 0),
        (1234.0, 5.0, 0),
        (1e-9, 5.0, 4),
        (0.0, 0.0512, 4),
        (math.nan, 123.4, 0),
        (math.nan, 0.0, 2),
        (math.nan, math.nan, 2),
    ],
)
def test_a_half_width_gets_two_digits(half: float, level: float, expected: int) -> None:
    assert decimals(half, level) == expected


@pytest.mark.parametrize(
    ("value", "digits", "sign", "expected"),
    [
        (-0.004, 2, True, "0.00"),
        (-0.006, 2, True, "-0.01"),
        (1234.5, 1, False, "1,234.5"),
        (1.5, 1, True, "+1.5"),
        (0.0, 0, True, "0"),
        (math.nan, 2, False, "-"),
        (math.inf, 2, False, "inf"),
    ],
)
def test_numbers_are_written_plainly(value: float, digits: int, sign: bool, expected: str) -> None:
    assert written(value, digits, sign) == expected


def test_an_interval_is_written_with_the_digits_of_its_row() -> None:
    assert interval(-1.25, 0.5, 1, sign=True) == "[-1.2, +0.5]"
    assert interval(math.nan, 1.0, 1) == "-"


def test_a_title_names_the_unit_of_its_numbers_once() -> None:
    assert titled("Default rate", "1/year") == "Default rate, % a year"
    assert titled("Profit", "CNY") == "Profit, CNY million"
    assert titled("Days to decision", "days") == "Days to decision"
    assert titled("Defaults", "count") == "Defaults"
    assert titled("Capital ratio (75 % weight)", "share") == "Capital ratio (75 % weight), %"
    assert titled("Concentration", "index") == "Concentration, index"
