"""`smelend report`: what a results folder says, as one page that can be passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder of run, compare or study.")
    ],
) -> None:
    """Write what a results folder says as one page.

    The page, report.html, holds its figures and needs no network; tables and figures lie beside it.
    """
    from sim.apps.batch import list_written, report_of
    from sim.apps.layout import screen_width

    list_written(report_of(folder), screen_width())
