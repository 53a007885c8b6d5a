"""Every number of the model is a parameter; the next one that is not is found here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.constants import graded, unexplained, written_in
from tests.architecture.planting import plant

ROOT = Path(__file__).parents[2]
RULE = "def f(x):\n    return LIMIT * x\n"


@pytest.mark.parametrize("rule", [graded, unexplained, written_in])
def test_the_model_keeps_every_rule(rule: Callable[[Path], list[str]]) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(
    "constant",
    [
        "LIMIT = 0.3  # A: no published value\n",
        "LIMIT = 3  # months, swept; A\n",
        "LIMIT = 3.0  # months of a queue; P: a survey\n",
        "# R: set by law\nLIMIT = -0.3\n",
        "LIMIT, OTHER = -2.0, 0.6  # A: two of them\n",
        "LIMIT = 1.0 / 6.0  # A: six months\n",
        "LIMIT: float = np.sqrt([0.3, 0.7])  # D: shares\n",
        "LIMIT = (\n    0.3,  # C: fitted\n    0.7,\n)\n",
    ],
)
@pytest.mark.parametrize("room", ["world", "state", "model", "policies", "credit"])
def test_a_constant_with_a_grade_is_caught(tmp_path: Path, constant: str, room: str) -> None:
    plant(tmp_path, f"{room}/rule.py", constant + RULE)
    assert "LIMIT has a grade" in graded(tmp_path)[0]


@pytest.mark.parametrize(
    "constant",
    [
        "LIMIT = 1e-9  # tolerance of the sum\n",
        "LIMIT = 30  # days in a month\n",
        "LIMIT = 12.0  # months, see A: B of the manual\n".replace("A: B", "section 2"),
        'LIMIT = "A: text"  # A: text is no number\n',
        "LIMIT = param(0.3, unit='-', source='A: swept', meaning='a limit')\n",
    ],
)
def test_a_constant_that_says_what_it_is_may_stay(tmp_path: Path, constant: str) -> None:
    plant(tmp_path, "world/rule.py", constant + RULE)
    assert graded(tmp_path) == []
    assert [said for said in unexplained(tmp_path) if "param(" not in constant] == []


def test_a_constant_without_a_comment_is_caught_where_a_rule_uses_it(tmp_path: Path) -> None:
    plant(tmp_path, "world/rule.py", "LIMIT = 0.3\n" + RULE)
    assert unexplained(tmp_path) == [
        "sim/world/rule.py:1: LIMIT is a number without a comment; say what it is"
    ]
    plant(tmp_path, "world/rule.py", "LIMIT = 0.3\n")
    assert unexplained(tmp_path) == []


@pytest.mark.parametrize("number", ["0.06", "-0.06", "7.5", "24.0"])
def test_a_number_inside_a_rule_is_caught(tmp_path: Path, number: str) -> None:
    plant(tmp_path, "mechanisms/rule.py", f"def f(x):\n    return max(x - {number}, 0.0)\n")
    assert len(written_in(tmp_path)) == 1
    assert "inside a rule" in written_in(tmp_path)[0]


def test_units_tolerances_and_declared_bounds_are_no_numbers_of_a_rule(tmp_path: Path) -> None:
    source = (
        "def f(x):\n    return 0.5 * x / 12.0 + max(1e-9, x * 30.0)\n"
        "def declared(x):\n    return param(0.3, ge=0.1, le=0.9)\n"
    )
    plant(tmp_path, "world/rule.py", source)
    assert written_in(tmp_path) == []
