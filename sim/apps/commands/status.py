"""`smelend status`: how far a run folder is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.apps.ending import FAILED


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A run folder.")],
) -> None:
    """Say how far a run folder is.

    Counts runs done, failed and missing; status 1 if some failed.
    """
    from sim.runs.status import status as status_of

    found = status_of(folder)
    print(found)
    if found.total("failed"):
        raise typer.Exit(FAILED)
