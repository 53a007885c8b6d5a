"""Numbers outside the sets of parameters: which of them should be parameters.

Each rule takes the folder that holds the package and returns what breaks it, one sentence each.
Conversions of units, tolerances, sizes of buffers and tables of law may stay constants; their
comment says what they are and carries no grade.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.imports import PACKAGE, source_files

MODELLED = ("credit", "mechanisms", "model", "outcomes", "policies", "state", "world")
RULES = ("mechanisms", "world")
LITERALS = ("mechanisms", "policies", "world")
GRADE = re.compile(r"(?:^|[\s;,])[PRDCA]:\s|[;,]\s*[PRDCA]\s*(?:$|[;,.])")
PLAIN = {0.0, 0.5, 1.0, 2.0, 12.0, 30.0, 1000.0}  # halves, doubles, months, days, per thousand
TOLERANCE, BEYOND_ALL = 1e-6, 1e6  # from these on a number is too small or too large to matter


def graded(root: Path) -> list[str]:
    """No constant carries a grade: what has a source is a parameter."""
    return [
        f"{file}:{node.lineno}: {name} has a grade in its comment; declare it with param(...)"
        for file, source in sources(root, MODELLED)
        for name, node, comment in constants(source)
        if GRADE.search(comment)
    ]


def unexplained(root: Path) -> list[str]:
    """No rule of nature uses a constant that does not say what it is."""
    return [
        f"{file}:{node.lineno}: {name} is a number without a comment; say what it is"
        for file, source in sources(root, RULES)
        for name, node, comment in constants(source)
        if not comment and name in used_in_functions(source)
    ]


def written_in(root: Path) -> list[str]:
    """No rule contains a number of its own, but for units and tolerances."""
    return [
        f"{file}:{node.lineno}: {node.value!r} inside a rule; declare it with param(...)"
        for file, source in sources(root, LITERALS)
        for node in literals(source)
    ]


def sources(root: Path, rooms: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """Yield the files of some rooms, with their text."""
    for file in source_files(root):
        if file.parts[0] == PACKAGE and file.parts[1] in rooms:
            yield file, (root / file).read_text("utf-8")


def constants(source: str) -> Iterator[tuple[str, ast.stmt, str]]:
    """Yield each name that a module sets to something numeric, with its statement and comment."""
    comments = comments_of(source)
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        else:
            continue
        if not is_numeric(value):
            continue
        said = [comments.get(line, "") for line in range(node.lineno - 1, node.end_lineno + 1)]
        alone = source.splitlines()[node.lineno - 2].lstrip().startswith("#")
        comment = " ".join(said if alone and node.lineno > 1 else said[1:]).strip()
        for target in targets:
            for name in ast.walk(target):
                if isinstance(name, ast.Name):
                    yield name.id, node, comment


def is_numeric(value: ast.expr) -> bool:
    """Tell whether an expression is made of numbers, by arithmetic, calls and sequences of them."""
    parts = list(ast.walk(value))
    texts = (ast.Dict, ast.Set, ast.comprehension, ast.Lambda, ast.JoinedStr)
    if any(isinstance(part, texts) for part in parts):
        return False
    held = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(is_number(one) for one in held) and not any(isinstance(one, str) for one in held)


def is_number(value: object) -> bool:
    """Tell whether a value is a number; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def comments_of(source: str) -> dict[int, str]:
    """Return the comment of each line that has one, without its sign."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").rstrip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def functions(source: str) -> Iterator[ast.FunctionDef]:
    """Yield every function of a module, methods included, but for those that declare parameters."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and not declares(node):
            yield node


def declares(function: ast.FunctionDef) -> bool:
    """Tell whether a function makes a declaration of a parameter."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(isinstance(call, ast.Name) and call.id == "param" for call in calls)


def used_in_functions(source: str) -> set[str]:
    """Return the names that functions of a module read."""
    return {
        node.id
        for function in functions(source)
        for node in ast.walk(function)
        if isinstance(node, ast.Name)
    }


def literals(source: str) -> Iterator[ast.Constant]:
    """Yield fractions and other odd numbers within functions; whole ones count or index."""
    found: dict[tuple[int, int], ast.Constant] = {}
    for function in functions(source):
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                size = abs(node.value)
                if size not in PLAIN and TOLERANCE < size < BEYOND_ALL:
                    found[node.lineno, node.col_offset] = node
    yield from found.values()
