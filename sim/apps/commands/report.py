"""`smelend report`: write the report of a results folder as one page that can be shared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder of run, compare or study.")
    ],
) -> None:
    """Write the report of a results folder as one page.

    The page, report.html, contains its figures and works offline; tables and figures are also
    written as separate files.
    """
    from sim.apps.batch import list_written, report_of
    from sim.apps.layout import screen_width

    list_written(report_of(folder), screen_width())
