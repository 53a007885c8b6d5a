"""Imports run one way, neighbours stay apart, and outside packages stay at home."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.layers import HOMES, RANK, ROOMS, broken_layers
from tests.architecture.planting import plant

ROOT = Path(__file__).parents[2]


def complaint(root: Path, file: str, source: str) -> str:
    plant(root, file, source)
    return "\n".join(broken_layers(root))


def test_the_house_keeps_its_layers() -> None:
    assert broken_layers(ROOT) == []


def test_the_rooms_stand_as_the_design_says() -> None:
    chain = "core credit state world scenario model mesa_adapter runs analysis results report apps"
    assert [RANK[room] for room in chain.split(" ")] == list(range(12))
    assert RANK["mechanisms"] == RANK["world"] == RANK["policies"] == RANK["outcomes"]
    assert RANK["theory"] == RANK["runs"]
    assert len(ROOMS) == 16


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (here, there)
        for here in ROOMS
        for there in ROOMS
        if here != there and RANK[here] <= RANK[there]
    ],
)
def test_every_forbidden_pair_of_rooms_is_caught(tmp_path: Path, here: str, there: str) -> None:
    said = complaint(tmp_path, f"{here}/thing.py", f"import sim.{there}.part\n")
    assert f"sim/{here}/thing.py:1: sim.{there}.part" in said


@pytest.mark.parametrize("here", ROOMS)
def test_a_room_may_import_every_room_below_it(tmp_path: Path, here: str) -> None:
    below = [room for room in ROOMS if RANK[room] < RANK[here]]
    source = "".join(f"from sim.{room} import part\n" for room in below)
    assert complaint(tmp_path, f"{here}/thing.py", source) == ""


@pytest.mark.parametrize(
    "source",
    [
        "from sim import world",
        "from sim.world import macro",
        "from sim.world.macro import Z",
        "import sim.world.macro as macro",
        "from ... import world",
        "from ...world import macro",
        "def late():\n    from sim.world import macro",
        "class A:\n    def late(self):\n        import sim.world",
        "if TYPE_CHECKING:\n    from sim.world import macro",
        "try:\n    import sim.world\nexcept ImportError:\n    pass",
        "import importlib\nimportlib.import_module('sim.world.macro')",
        "from importlib import import_module\nimport_module(name='sim.world')",
        "from importlib import import_module\nimport_module('...world', __package__)",
        "import importlib\nimportlib.import_module(f'sim.world.{name}')",
        "import importlib\nimportlib.import_module('sim.world.' + name)",
        "__import__('sim.world')",
        "FAMILY = Family('sim.world.shocks', Shock)",
    ],
)
def test_every_spelling_of_an_import_is_caught(tmp_path: Path, source: str) -> None:
    said = complaint(tmp_path, "policies/pricing/flat.py", source + "\n")
    assert "policies and world never import one another" in said


def test_a_mechanism_that_imports_another_is_caught(tmp_path: Path) -> None:
    allowed = "from sim.mechanisms.base import MechanismParams\n"
    source = f"from sim.mechanisms.earnings import Earned\n{allowed}"
    said = complaint(tmp_path, "mechanisms/repayment.py", source)
    assert said.count("a mechanism never imports another") == 1


@pytest.mark.parametrize("source", ["import sim", "from sim import simulate", "from sim import *"])
def test_no_room_uses_the_front_door(tmp_path: Path, source: str) -> None:
    assert "front door" in complaint(tmp_path, "analysis/paired.py", source + "\n")


def test_the_front_door_may_name_every_room(tmp_path: Path) -> None:
    source = "from sim.model import simulate\nLAZY = {'compare': 'sim.analysis.compare'}\n"
    assert complaint(tmp_path, "__init__.py", source) == ""


def test_a_room_that_is_not_in_the_design_may_import_nothing(tmp_path: Path) -> None:
    said = complaint(tmp_path, "attic/thing.py", "import sim.core.table\n")
    assert "'attic' is no room" in said


def test_prose_is_not_an_import(tmp_path: Path) -> None:
    source = '"""See sim.world.macro."""\n\n\ndef f():\n    """sim.world"""\n'
    assert complaint(tmp_path, "policies/pricing/flat.py", source) == ""


@pytest.mark.parametrize(
    ("package", "here"),
    [(package, room) for package, homes in HOMES.items() for room in ROOMS if room not in homes],
)
def test_an_outside_package_away_from_home_is_caught(
    tmp_path: Path, package: str, here: str
) -> None:
    said = complaint(tmp_path, f"{here}/thing.py", f"def f():\n    from {package}.a import b\n")
    assert f"sim/{here}/thing.py:2: {package}.a.b — {package} lives only in" in said


@pytest.mark.parametrize("package", HOMES)
def test_an_outside_package_at_home_is_welcome(tmp_path: Path, package: str) -> None:
    for room in HOMES[package]:
        plant(tmp_path, f"{room}/thing.py", f"import {package}\n")
    assert broken_layers(tmp_path) == []


def test_the_front_door_is_no_home(tmp_path: Path) -> None:
    assert "mesa lives only in" in complaint(tmp_path, "__init__.py", "import mesa\n")
