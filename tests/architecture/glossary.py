"""What the glossary must be: both languages filled, a sentence each, and places that exist."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

GLOSSARY = Path("docs", "glossary.md")
COLUMNS = ["Term", "Chinese", "Meaning", "Place in the code"]
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]")
_QUOTED = re.compile(r"`([^`]+)`")


def entries(root: Path) -> list[tuple[int, list[str]]]:
    """Return the line number and the cells of each row of the glossary's tables."""
    lines = (root / GLOSSARY).read_text(encoding="utf-8").splitlines()
    rows = [
        (number, [cell.strip() for cell in line.strip().strip("|").split("|")])
        for number, line in enumerate(lines, 1)
        if line.startswith("|") and not line.startswith("|--")
    ]
    return [(number, cells) for number, cells in rows if cells != COLUMNS]


def glossary_faults(root: Path, keys: Collection[str]) -> list[str]:
    """Return one line for each fault of the glossary; `keys` are the YAML keys that exist."""
    said, seen = [], set()
    for number, cells in entries(root):
        here = f"{GLOSSARY.as_posix()}:{number}"
        if len(cells) != len(COLUMNS):
            said.append(f"{here}: {len(cells)} cells, not {len(COLUMNS)}")
            continue
        term, chinese, meaning, place = cells
        if term.lower() in seen:
            said.append(f"{here}: {term!r} is there twice")
        seen.add(term.lower())
        if not _ENGLISH.search(term):
            said.append(f"{here}: no English term")
        if not _CHINESE.search(chinese):
            said.append(f"{here}: {term!r} has no Chinese term")
        if not _ENGLISH.search(meaning) or not meaning.endswith("."):
            said.append(f"{here}: {term!r} has no sentence of meaning")
        places = _QUOTED.findall(place)
        if not places:
            said.append(f"{here}: {term!r} has no place in the code")
        said += [
            f"{here}: {term!r}: no file, folder or YAML key {one!r}"
            for one in places
            if not _exists(root, one, keys)
        ]
    return said


def _exists(root: Path, place: str, keys: Collection[str]) -> bool:
    """Return whether a place is a path, a YAML key, or the beginning of YAML keys."""
    return (root / place).exists() or any(f"{key}.".startswith(f"{place}.") for key in keys)
