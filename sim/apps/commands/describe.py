"""`smelend describe`: reference lists, drawn from the declarations themselves."""

from __future__ import annotations

from typing import Annotated

import typer


def describe(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="month, params, columns, policies, metrics, measures or statements.",
        ),
    ],
    kind: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, csv, json, markdown, or page.")
    ] = "text",
) -> None:
    """List what there is.

    Parameters with defaults, bounds and sources; columns; policies; metrics; measures; statements
    of the theses.  Text
    fits the terminal; piped, each entry is one line.
    """
    from sim.apps.formats import formatted
    from sim.apps.layout import screen_width
    from sim.apps.listings import listing

    print(formatted(listing(what), kind, screen_width(piped=0) or None))
