"""`smelend describe`: reference lists generated from the declarations."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.apps.options import Plugins
from sim.core.errors import RequestError


def describe(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="month, params, facts, columns, policies, metrics, moments, measures or "
            "statements.",
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD", help="Only entries in which each of these words occurs."),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="SCENARIO", help="With params: the values of this scenario."),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text, csv, json, markdown, or page; for month also picture.",
        ),
    ] = "text",
    plugin: Plugins = None,
) -> None:
    """Print a reference list.

    Lists: parameters with defaults, bounds and sources, or the values of a scenario; facts that
    rules may name; columns; policies; metrics; moments that a calibration may target; measures;
    statements of the theses.  Text fits the terminal; in a pipe, each entry is one line.
    """
    from sim.apps.formats import formatted
    from sim.apps.layout import screen_width
    from sim.apps.listings import listing

    if (what, kind) == ("month", "picture"):
        from sim.apps.month_picture import month_picture
        from sim.model.month import PLAN

        print(month_picture(PLAN))
        return
    if of is None:
        found = listing(what)
    elif what == "params" and kind != "page":
        from sim.apps.values_in_use import values_in_use

        found = values_in_use(of)
    else:
        raise RequestError("--of goes with `smelend describe params`, and with no page")
    print(formatted(found, kind, screen_width(piped=0) or None, words or ()))
