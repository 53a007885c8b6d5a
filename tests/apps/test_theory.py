"""Exact answers are compared with their printed values and with the model, one by one."""

from __future__ import annotations

import pytest

from sim.theory import lemons
from sim.theory.bench.estimate import Measured
from sim.theory.check import limits
from sim.theory.rows import Example, rows
from tests.apps.command import Smelend

PRINTED = {"lowest": 0.5, "highest": 1.0, "surplus": 1.2}


def verdicts(out: str) -> list[str]:
    """Return the verdict at the end of each line that has one, in short."""
    lines = [line.removesuffix(" exactly") for line in out.splitlines()]
    return [line.split()[-1] for line in lines if line.endswith((" agrees", " DIFFERS", " -"))]


@pytest.mark.thorough
def test_every_row_agrees_with_its_examples_and_with_the_model(smelend: Smelend) -> None:
    said = smelend("theory")
    assert (said.status, said.err) == (0, "")
    printed = sum(len(example.expected) for row in rows().values() for example in row.EXAMPLES)
    simulated = sum(len(limit.answers(limit.CASE)) for limit in limits().values())
    not_simulated = sum(len(getattr(limit, "CLOSED_FORM_ONLY", ())) for limit in limits().values())
    found = verdicts(said.out)
    assert (found.count("agrees"), found.count("-")) == (
        printed + simulated - not_simulated,
        not_simulated,
    )
    assert "DIFFERS" not in said.out
    for row in rows().values():
        assert f"{row.ROW}  {row.__name__.rpartition('.')[2]}: " in said.out


@pytest.mark.parametrize("name", ["lemons", "d"])
def test_one_row_is_found_by_name_or_letter(
    name: str, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    said = smelend("theory", name)
    assert "printed: pool_edge for lowest 0.5, highest 1, surplus 1.2" in said.out
    assert "best borrower in the end" in said.out
    assert f"off: {limits()['lemons'].OFF}" in said.out
    assert verdicts(said.out) == ["agrees"] * 4


def test_a_number_that_differs_is_marked_and_ends_in_1(
    monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    wrong = Example(PRINTED, {"pool_edge": 0.74, "share_left": 0.5}, 6)
    monkeypatch.setattr(lemons, "EXAMPLES", (wrong,))
    said = smelend("theory", "lemons")
    assert said.status == 1
    assert verdicts(said.out)[:2] == ["DIFFERS", "agrees"]


def test_a_model_that_differs_is_marked_and_ends_in_1(
    monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    limit = limits()["lemons"]
    found = dict.fromkeys(limit.answers(limit.CASE), Measured(0.7, 0.01))
    monkeypatch.setattr(limit, "simulated", lambda seed, case: found)
    said = smelend("theory", "lemons")
    assert said.status == 1
    # .84, .75 and .5 lie 14, 5 and 20 standard errors of .01 from .7
    assert verdicts(said.out) == ["agrees", "DIFFERS", "DIFFERS", "DIFFERS"]
    assert {"-14.00", "-5.00", "20.00"} <= set(said.out.split())


def test_an_unknown_name_is_told_with_the_nearest(smelend: Smelend) -> None:
    said = smelend("theory", "lemon")
    assert said.status == 2
    assert "no theory called 'lemon'" in said.complaint
    assert "did you mean 'lemons'" in said.complaint
