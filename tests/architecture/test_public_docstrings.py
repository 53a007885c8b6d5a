"""Every module, public function and class says what it is, every compiled rule its shapes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.imports import source_files
from tests.architecture.planting import plant

ROOT = Path(__file__).parents[2]
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def silent(root: Path) -> list[str]:
    """Return the modules and the public functions and classes that have no docstring."""
    found = []
    for file in source_files(root):
        tree = ast.parse((root / file).read_text("utf-8"))
        if ast.get_docstring(tree) is None:
            found.append(f"{file}: module")
        found += [
            f"{file}:{node.lineno}: {node.name}"
            for node in tree.body
            if isinstance(node, DEFINITIONS)
            and not node.name.startswith("_")
            and ast.get_docstring(node) is None
        ]
    return found


def test_everything_public_says_what_it_is() -> None:
    assert silent(ROOT) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1\n", ["module"]),
        ('"""What it knows."""\n\n\ndef f():\n    pass\n', ["f"]),
        ('"""What it knows."""\n\n\nasync def f():\n    pass\n', ["f"]),
        ('"""What it knows."""\n\n\nclass C:\n    x = 1\n', ["C"]),
        ('"""What it knows."""\n\n\nclass C:\n    """A thing."""\n\n    def f(self): ...\n', []),
        ('"""What it knows."""\n\n\ndef _f():\n    pass\n', []),
    ],
)
def test_silence_is_caught(tmp_path: Path, source: str, expected: list[str]) -> None:
    plant(tmp_path, "thing.py", source)
    assert [said.rpartition(": ")[2] for said in silent(tmp_path)] == expected


SHAPE = re.compile(r"\((\w+( [-*+] \w+)*, ?)+(\w+( [-*+] \w+)*)?\)|\bnumbers?\b")
NUMERIC_ROOMS = ("state", "world", "mechanisms", "credit")


def shapeless(root: Path) -> list[str]:
    """Return the public compiled rules that say neither shapes nor that all are numbers."""
    return [
        f"{file}:{node.lineno}: {node.name}"
        for file in source_files(root)
        if file.parts[1] in NUMERIC_ROOMS
        for node in ast.parse((root / file).read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and any(getattr(one, "id", "") == "compiled" for one in node.decorator_list)
        and not SHAPE.search(ast.get_docstring(node) or "")
    ]


def test_compiled_rules_say_which_shapes_they_take() -> None:
    assert shapeless(ROOT) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Return the score.", 1),
        ("Return the score (of a loan).", 1),
        ("Return the score, (n,).", 0),
        ("Return the score, (kinds, n).", 0),
        ("Return the score, (banks * slots,).", 0),
        ("Return the score; all arguments are numbers.", 0),
    ],
)
def test_a_rule_without_shapes_is_caught(tmp_path: Path, text: str, found: int) -> None:
    source = f'"""Scores."""\n\n\n@compiled\ndef score(rows):\n    """{text}"""\n'
    plant(tmp_path, "world/scores.py", source)
    assert len(shapeless(tmp_path)) == found
