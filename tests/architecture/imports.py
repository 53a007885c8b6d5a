"""Which modules a source file imports, at any depth and by any spelling.

The source is parsed, never run, so an import inside a function, under `TYPE_CHECKING`, by
`import_module` or by a dotted name in a string counts like one at the top of the file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "sim"
_DOTTED = re.compile(rf"{PACKAGE}(\.[A-Za-z_]\w*)+")
_BY_NAME = {"import_module", "__import__"}


@dataclass(frozen=True)
class Import:
    """One import: the file and line it stands on, and the dotted name that it asks for."""

    file: Path  # relative to the folder that holds the package
    line: int
    target: str
    in_string: bool = False

    @property
    def importer(self) -> str:
        """The dotted name of the module that imports."""
        return module_name(self.file)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.target}"


def module_name(file: Path) -> str:
    """Return the dotted name of a source file given relative to the folder above the package."""
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def source_files(root: Path) -> list[Path]:
    """Return every Python file of the package under `root`, relative to `root`."""
    return sorted(path.relative_to(root) for path in (root / PACKAGE).rglob("*.py"))


def imports_of(root: Path) -> list[Import]:
    """Return every import in the package under `root`."""
    return [found for file in source_files(root) for found in imports_in(root, file)]


def imports_in(root: Path, file: Path) -> Iterator[Import]:
    """Yield the imports of one file; `from a import b` asks for ``a.b``."""
    tree = ast.parse((root / file).read_text(encoding="utf-8"), filename=str(file))
    prose = _docstrings(tree)
    package = module_name(file) if file.name == "__init__.py" else module_name(file.parent)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Import):
            yield from (Import(file, line, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute("." * node.level + (node.module or ""), package)
            yield from (Import(file, line, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in _BY_NAME:
            name = _first_name(node)
            if name:
                yield Import(file, line, _absolute(name, package), in_string=True)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _DOTTED.fullmatch(node.value)
            and id(node) not in prose
        ):
            yield Import(file, line, node.value, in_string=True)


def _absolute(name: str, package: str) -> str:
    """Resolve a relative import's leading dots against the package that it stands in."""
    rest = name.lstrip(".")
    dots = len(name) - len(rest)
    if dots == 0:
        return rest
    parts = package.split(".")
    kept = parts[: len(parts) - (dots - 1)]
    return ".".join([*kept, rest] if rest else kept)


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _first_name(node: ast.Call) -> str:
    """Return the module named in a call, or the literal beginning of a composed name."""
    given = [*node.args, *(word.value for word in node.keywords if word.arg == "name")]
    match given[0] if given else None:
        case ast.Constant(value=str(name)):
            return name
        case ast.JoinedStr(values=[ast.Constant(value=str(name)), *_]):
            return name.rpartition(".")[0]
        case ast.BinOp(left=ast.Constant(value=str(name))):
            return name.rpartition(".")[0]
    return ""


def _docstrings(tree: ast.AST) -> set[int]:
    """Return the ids of constants that stand alone as statements: prose, not names."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
