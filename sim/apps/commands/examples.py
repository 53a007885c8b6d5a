"""`smelend examples`: the scenarios, measures and experiments that come with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def examples(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="scenario, measure, study, literature, field, plan, calibration, targets. "
            "[default: all]",
        ),
    ] = None,
) -> None:
    """List the shipped scenarios, measures and experiments.

    Wherever a command or a file expects a path, the name works too, if there is no such file.
    """
    from sim.apps.layout import Row, TextColumn, laid_out, screen_width
    from sim.core.errors import RequestError, nearest
    from sim.core.shipped import GROUPS, named, root

    if kind is not None and kind not in GROUPS:
        raise RequestError(f"no kind '{kind}'{nearest(kind, GROUPS)}; known: {', '.join(GROUPS)}")
    rows: list[Row] = []
    for group in [kind] if kind else GROUPS:
        rows += [[group, name, title_of(file)] for name, file in named(group).items()]
    columns = TextColumn("kind"), TextColumn("name"), TextColumn("what it is", prose=True)
    print("\n".join(laid_out(columns, rows, screen_width())))
    print(f"\nFiles: {root()}\nA starter of your own: smelend init DIR")


def title_of(file: Path) -> str:
    """Return what a file says that it is: its title, its mechanism or the reason for it."""
    from sim.scenario.reading import read_file

    data: dict[str, Any] = read_file(file).data
    text = next((data[key] for key in ("title", "why") if data.get(key)), "")
    return " ".join(str(text).split())
