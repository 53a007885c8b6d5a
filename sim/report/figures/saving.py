"""A figure on disk: PNG for the screen, SVG for print, and the data as CSV.

All three are written to temporary files first and moved into place at the end, so a reader never
finds an incomplete figure or a figure without its data.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.report.figures.letters import tell_missing
from sim.report.figures.style import house_style
from sim.runs.csv_files import csv_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

QUICK: dict[str, Any] = {
    "pil_kwargs": {"compress_level": 3}
}  # files a fifth larger, written faster


def save(figure: Figure, frame: pd.DataFrame, folder: str | Path, name: str) -> list[Path]:
    """Write `name`.png, `name`.svg and `name`.csv into `folder`; return the three paths.

    The same figure gives the same files, without a date.  Raises `RequestError` if `name` is not
    a plain file name or the folder cannot be written.
    """
    if not name or Path(name).name != name or name.startswith("."):
        raise RequestError(f"'{name}' is no name for a figure; use letters, digits and dashes")
    folder = Path(folder)
    places = [folder / f"{name}.{kind}" for kind in ("png", "svg", "csv")]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{name}-", dir=folder) as temporary:
            png, svg, csv = (Path(temporary) / place.name for place in places)
            with house_style():
                figure.savefig(png, format="png", metadata={"Software": None}, **QUICK)
                figure.set_layout_engine(None)  # laid out already; a trial drawing would be lost
                figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
            csv.write_text(csv_text(frame), encoding="utf-8", newline="\n")
            for made, place in zip((png, svg, csv), places, strict=True):
                os.replace(made, place)
    except OSError as error:
        raise RequestError(f"cannot write the figure {folder / name}: {error}") from error
    tell_missing(figure)
    return places
