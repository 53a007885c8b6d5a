"""Exact answers are compared with their printed values, one by one."""

from __future__ import annotations

import pytest

from sim.theory import lemons
from sim.theory.rows import Example, rows
from tests.apps.command import Smelend


def verdicts(out: str) -> list[str]:
    return [line.split()[-1] for line in out.splitlines() if line.endswith(("agrees", "DIFFERS"))]


def test_every_row_agrees_with_its_examples(smelend: Smelend) -> None:
    said = smelend("theory")
    assert (said.status, said.err) == (0, "")
    numbers = sum(len(example.expected) for row in rows().values() for example in row.EXAMPLES)
    assert verdicts(said.out) == ["agrees"] * numbers
    for row in rows().values():
        assert f"{row.ROW}  {row.__name__.rpartition('.')[2]}: " in said.out


@pytest.mark.parametrize("name", ["lemons", "d"])
def test_one_row_is_found_by_name_or_letter(name: str, smelend: Smelend) -> None:
    said = smelend("theory", name)
    assert said.out.count("agrees") == 1
    assert "pool_edge for lowest 0.5, highest 1, surplus 1.2" in said.out
    assert "0.75" in said.out


def test_a_number_that_differs_is_marked_and_ends_in_1(
    monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    given = {"lowest": 0.5, "highest": 1.0, "surplus": 1.2}
    wrong = Example(given, {"pool_edge": 0.74, "share_left": 0.5}, 6)
    monkeypatch.setattr(lemons, "EXAMPLES", (wrong,))
    said = smelend("theory", "lemons")
    assert said.status == 1
    assert verdicts(said.out) == ["DIFFERS", "agrees"]


def test_an_unknown_name_is_told_with_the_nearest(smelend: Smelend) -> None:
    said = smelend("theory", "lemon")
    assert said.status == 2
    assert "no theory called 'lemon'" in said.complaint
    assert "did you mean 'lemons'" in said.complaint
