"""Source files planted in a temporary house, to see whether a rule catches them."""

from __future__ import annotations

from pathlib import Path


def plant(root: Path, file: str, source: str) -> None:
    """Write one source file of the package into the house at `root`."""
    path = root / "sim" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
