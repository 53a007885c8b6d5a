"""Every room has a charter and a name, stays small and untangled, and only `state` writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.layers import ROOMS
from tests.architecture.planting import plant
from tests.architecture.rooms import (
    MOST_LINES,
    USUAL_LINES,
    charters_lacking,
    charters_untrue,
    foreign_writers,
    knots,
    nameless,
    strangers,
    too_long,
)

ROOT = Path(__file__).parents[2]
CHARTER = '"""What it is for.\n\nMay import: core.\nNever: writes.\n"""\n'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house of chartered, otherwise empty rooms."""
    for room in ROOMS:
        plant(tmp_path, f"{room}/__init__.py", CHARTER)
    return tmp_path


RULES = [charters_lacking, charters_untrue, strangers, nameless, too_long, knots, foreign_writers]


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_every_rule(rule: Callable[[Path], list[str]]) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_proper_house_has_no_complaints(house: Path, rule: Callable[[Path], list[str]]) -> None:
    assert rule(house) == []


@pytest.mark.parametrize(
    "charter",
    [
        "",
        '"""What it is for."""\n',
        CHARTER.replace("What it is for.\n\n", ""),
        CHARTER.replace("May import: core.\n", ""),
        CHARTER.replace("May import: core.", "May import:"),
        CHARTER.replace("Never: writes.", "Never:"),
        '"""What it is for.\n\nNever: writes.\nMay import: core.\n"""\n',
    ],
)
def test_a_charter_without_one_of_its_parts_is_caught(house: Path, charter: str) -> None:
    plant(house, "world/__init__.py", charter)
    assert [said.split(":")[0] for said in charters_lacking(house)] == ["world"]


def test_an_import_that_a_charter_does_not_name_is_caught(house: Path) -> None:
    plant(house, "world/weather.py", "from sim.core import draws\nfrom sim.state import market\n")
    plant(house, "model/month.py", "def run():\n    import sim.world.weather\n")
    assert charters_untrue(house) == [
        "model: imports world, which 'May import' in sim/model/__init__.py does not name",
        "world: imports state, which 'May import' in sim/world/__init__.py does not name",
    ]
    every = CHARTER.replace("core.", "every room before it.")
    plant(house, "model/__init__.py", every)
    plant(house, "world/__init__.py", CHARTER.replace("core.", "core and state."))
    assert charters_untrue(house) == []


def test_a_missing_room_is_caught(house: Path) -> None:
    (house / "sim/theory/__init__.py").unlink()
    assert charters_lacking(house) == ["theory: no charter in sim/theory/__init__.py"]


@pytest.mark.parametrize("file", ["attic/thing.py", "thing.py"])
def test_a_file_outside_every_room_is_caught(house: Path, file: str) -> None:
    plant(house, file, "")
    assert strangers(house) == [f"sim/{file}: lies in no room of the house"]


@pytest.mark.parametrize(
    "file",
    ["core/utils.py", "core/util.py", "core/helpers.py", "runs/common/__init__.py", "state/misc.py",
     "core/date_utils.py"],
)  # fmt: skip
def test_a_name_that_says_nothing_is_caught(house: Path, file: str) -> None:
    plant(house, file, "")
    assert [said.split(":")[0] for said in nameless(house)] == [f"sim/{file}"]


def test_a_name_that_only_contains_such_a_word_is_fine(house: Path) -> None:
    plant(house, "world/utility.py", "")
    plant(house, "credit/common_equity.py", "")
    assert nameless(house) == []


def test_a_file_over_the_bound_is_caught_and_one_at_the_bound_is_not(house: Path) -> None:
    plant(house, "core/long.py", "x = 1\n" * MOST_LINES)
    assert too_long(house) == []
    plant(house, "core/long.py", "x = 1\n" * (MOST_LINES + 1))
    assert too_long(house) == [f"sim/core/long.py: {MOST_LINES + 1} lines, at most {MOST_LINES}"]


def test_a_house_of_longish_files_is_caught(house: Path) -> None:
    for room in ROOMS[:5]:  # 5 of 21 files is more than a fifth; 4 of 20 is not
        assert too_long(house) == []
        plant(house, f"{room}/long.py", "x = 1\n" * (USUAL_LINES + 1))
    assert "5 of 21 files exceed" in too_long(house)[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("import sim.core.b\n", "import sim.core.a\n"),
        ("from sim.core import b\n", "from . import a\n"),
        ("from sim.core.b import y\n", "def late():\n    from sim.core.a import x\n"),
    ],
)
def test_two_modules_that_import_each_other_are_caught(
    house: Path, first: str, second: str
) -> None:
    plant(house, "core/a.py", first)
    plant(house, "core/b.py", second)
    assert set(knots(house)[0].split(" ← ")) == {"sim.core.a", "sim.core.b"}


def test_a_knot_through_the_room_itself_is_caught(house: Path) -> None:
    plant(house, "core/__init__.py", CHARTER + "from sim.core.a import x\n")
    plant(house, "core/a.py", "from sim.core import y\n")
    assert set(knots(house)[0].split(" ← ")) == {"sim.core", "sim.core.a"}


def test_modules_in_a_chain_are_no_knot(house: Path) -> None:
    plant(house, "core/__init__.py", CHARTER + "from sim.core.a import x\n")
    plant(house, "core/a.py", "from sim.core.b import x\n")
    plant(house, "core/b.py", "")
    assert knots(house) == []


@pytest.mark.parametrize(
    "source",
    [
        "def f(market):\n    market.tables.firms['cash'][:] = 0\n",
        "def f(market):\n    return market.tables\n",
        "def f(market):\n    return getattr(market, 'tables')\n",
    ],
)
def test_a_writer_outside_the_state_room_is_caught(house: Path, source: str) -> None:
    plant(house, "state/posting.py", source)
    assert foreign_writers(house) == []
    plant(house, "policies/pricing/flat.py", source)
    assert [said.split(" ")[0] for said in foreign_writers(house)] == [
        "sim/policies/pricing/flat.py:2:"
    ]
