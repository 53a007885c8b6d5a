"""Every module, and every public function and class in it, says what it is."""

from __future__ import annotations

import ast
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
