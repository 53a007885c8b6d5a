"""One command makes every reference: its plan names what exists, and leaves no study out."""

from __future__ import annotations

import importlib

import pytest

from experiments.remake import HOME, PAGES, PLAN, REFERENCE, ROOT, STUDIES, command_of
from tests.apps.command import Smelend


def test_no_study_is_left_out() -> None:
    assert {f"{name}.yaml" for name in STUDIES} == {
        path.name for path in (ROOT / "experiments").glob("*.yaml")
    }


@pytest.mark.parametrize("name", PLAN)
def test_each_command_and_its_file_exist(name: str, smelend: Smelend) -> None:
    command, *words = PLAN[name]
    help_text = smelend(command, "--help").out
    assert "--keep" in help_text
    assert "--quiet" in help_text
    for word in words:
        assert (ROOT / word).is_file() if word.endswith(".yaml") else word in help_text
    assert HOME.get(name, REFERENCE).startswith(REFERENCE)


def test_pages_come_last_and_are_modules_that_can_be_run() -> None:
    assert not set(PAGES) & set(PLAN)
    for name, module in PAGES.items():
        assert command_of(name) == [module]
        assert callable(importlib.import_module(module).main)
    assert command_of("levers") == ["smelend", "levers", "--keep", HOME["levers"], "--quiet"]
