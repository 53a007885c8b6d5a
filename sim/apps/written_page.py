"""The page of a command and its tables, written to one folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.core.errors import RequestError


def write_page(texts: Mapping[str, tuple[str, str]], folder: Path) -> dict[Path | str, str]:
    """Write files from their text and what they hold; return what each path holds.

    Raises `RequestError` where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (text, _) in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise RequestError(f"cannot write to {folder}: {fault.strerror or fault}") from fault
    return {folder / name: what for name, (_, what) in texts.items()}


def refuse_part(name: str | None, keep: Path | None, what: str) -> None:
    """Raise `RequestError` where copies are wanted of a page that is made only of all `what`."""
    if name is not None and keep is not None:
        raise RequestError(f"--keep copies the page of all {what}; leave out the name or --keep")
