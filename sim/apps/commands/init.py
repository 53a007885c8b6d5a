"""`smelend init`: write a starter, a bank of one's own with two measures, a study and a fit."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from sim.core.errors import RequestError

STARTER = Path(__file__).parents[1] / "starter"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to.")],
) -> None:
    """Write a commented starter to a folder.

    It has a bank of your own, two measures, a study of them, and a fit of the bank to what yours
    reports.  Existing files are never changed.
    """
    from sim.apps.batch import list_written
    from sim.apps.layout import screen_width

    files = {file: folder / file.relative_to(STARTER) for file in sorted(STARTER.rglob("*.yaml"))}
    for place in files.values():
        if place.exists():
            raise RequestError(f"{place}: there is such a file already; choose another folder")
    try:
        for file, place in files.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
    except OSError as fault:
        raise RequestError(f"cannot write to {folder}: {fault.strerror or fault}") from fault
    from sim.apps.commands.examples import title_of

    list_written({place: title_of(place) for place in files.values()}, screen_width())
    print(f"\nNext: smelend study {folder / 'study.yaml'} --quick")
