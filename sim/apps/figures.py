"""The figures of a results folder as a command leaves them: drawn, and said in a line."""

from __future__ import annotations

from pathlib import Path


def draw(folder: Path) -> dict[Path | str, str]:
    """Draw what the folder allows; return where it lies and what it is, for the list of files.

    Figures that need a table which the folder does not have are left out.  Raises
    `RequestError` when the folder cannot be written.
    """
    from sim.report.figures.gallery import FOLDER, draw_all

    gallery = draw_all(folder)
    place = folder / FOLDER
    lines: dict[Path | str, str] = {}
    if gallery.drawn:
        lines[f"{place}/"] = f"{len(gallery.drawn)} figures: PNG, SVG, and their numbers as CSV"
    return lines

