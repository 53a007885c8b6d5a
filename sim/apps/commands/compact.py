"""`smelend compact`: join the many small files of a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def compact(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A run folder.")],
) -> None:
    """Join the files of a run folder.

    Merge its many small files into one file per table.
    """
    from sim.runs.compact import compact as join

    count = join(folder)
    text = "is one part already" if count == 1 else f"{count:,} parts joined into one"
    print(f"{folder}: {text}")
