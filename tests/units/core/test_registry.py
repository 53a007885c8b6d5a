"""A member of a family is found by its file and named by its kind, with nothing else to touch."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.core.errors import RequestError
from sim.core.registry import Family
from sim.policies.monitoring import MONITORING
from sim.policies.monitoring.base import Monitoring
from sim.policies.pricing import PRICING
from sim.policies.pricing.base import Pricing

MEMBER = '''"""Planted."""

from typing import Literal

from sim.policies.{family} import {base}
from sim.policies.{family}.none import NoMonitoring  # of another file: not a member of this one


class Planted({base}):
    """Planted."""

    kind: {kind}

    def inspection_chance(self, files):
        return 0.5
'''


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a file beside the real monitoring policies and return the family as found afresh."""
    package = importlib.import_module("sim.policies.monitoring")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    importlib.invalidate_caches()

    def planted(name: str, kind: str) -> Family[Monitoring]:
        text = MEMBER.format(family="monitoring", base="Monitoring", kind=kind)
        (tmp_path / f"{name}.py").write_text(text)
        monkeypatch.delitem(sys.modules, f"sim.policies.monitoring.{name}", raising=False)
        return Family("sim.policies.monitoring", Monitoring)

    return planted


def test_a_planted_member_is_found_and_named(plant: Any) -> None:
    family = plant("planted_one", 'Literal["planted_one"] = "planted_one"')
    assert set(family.members) == {*MONITORING.members, "planted_one"}
    assert family.get("planted_one").__name__ == "Planted"
    value = TypeAdapter(family.annotation()).validate_python({"kind": "planted_one"})
    assert value.inspection_chance(None) == 0.5


@pytest.mark.parametrize("kind", ['str = "planted_two"', 'Literal["a", "b"] = "a"'])
def test_a_member_must_declare_exactly_one_kind(plant: Any, kind: str) -> None:
    name = "planted_two" if kind.startswith("str") else "planted_three"
    with pytest.raises(TypeError, match="Planted must declare"):
        _ = plant(name, kind).members


def test_an_unknown_kind_names_the_nearest_and_all_known() -> None:
    with pytest.raises(RequestError) as error:
        PRICING.get("risk_basd")
    said = str(error.value)
    assert said.startswith("no pricing called 'risk_basd'; known: ")
    assert said.endswith("; did you mean 'risk_based'?")
    assert all(kind in said for kind in PRICING.members)


def test_a_kind_unlike_any_is_refused_without_a_guess() -> None:
    with pytest.raises(RequestError) as error:
        PRICING.get("zzz")
    assert "did you mean" not in str(error.value)


def test_the_field_takes_a_member_by_its_kind_and_refuses_others_keys() -> None:
    field = TypeAdapter(PRICING.annotation())
    for kind, member in PRICING.members.items():
        assert type(field.validate_python({"kind": kind})) is member
    for wrong in ({"kind": "no_such"}, {"kind": "flat", "sensitivity": 0.2}, {"margin": 0.1}):
        with pytest.raises(ValidationError):
            field.validate_python(wrong)


def test_the_base_is_no_member_of_its_own_family() -> None:
    assert Pricing not in PRICING.members.values()
