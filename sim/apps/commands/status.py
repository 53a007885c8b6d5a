"""`smelend status`: the progress of a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.apps.ending import FAILED


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A run folder.")],
) -> None:
    """Show the progress of a run folder.

    Count runs done, failed and missing; exit status 1 if some failed.
    """
    from sim.runs.status import status as status_of

    found = status_of(folder)
    print(found)
    if found.total("failed"):
        raise typer.Exit(FAILED)
