"""The figures of a results folder: draw them, and describe them in one line of output."""

from __future__ import annotations

from pathlib import Path


def draw(folder: Path) -> dict[Path | str, str]:
    """Draw the figures that the folder's tables allow; return the path and a description.

    Figures that need a table which the folder does not have are left out.  Raises
    `RequestError` when the folder cannot be written.
    """
    from sim.report.figures.gallery import FOLDER, draw_all

    gallery = draw_all(folder)
    place = folder / FOLDER
    lines: dict[Path | str, str] = {}
    if gallery.drawn:
        lines[f"{place}/"] = f"{len(gallery.drawn)} figures: PNG, SVG, and their data as CSV"
    return lines
