"""How numbers are written."""

from __future__ import annotations

import pytest

from sim.core.numbers_as_text import ordinal


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"),
     (112, "112th")],
)  # fmt: skip
def test_places_are_written_as_people_say_them(number: int, words: str) -> None:
    assert ordinal(number) == words
