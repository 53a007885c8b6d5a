"""`smelend theory`: exact answers, and whether the formulas in use give them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.ending import FAILED

if TYPE_CHECKING:
    from sim.apps.layout import Row
    from sim.theory.rows import Example
    from sim.theory.rows import Row as Theory


def theory(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A row's name or letter. [default: all]")
    ] = None,
) -> None:
    """Compare exact answers with printed ones.

    Each closed form is computed for its worked examples; status 1 if one differs.
    """
    from sim.apps.layout import Column, laid_out, screen_width
    from sim.theory.rows import row, rows

    chosen = [row(name)] if name else list(rows().values())
    lines: list[Row] = []
    for one in chosen:
        lines.append(f"{one.ROW}  {one.__name__.rpartition('.')[2]}: {one.TITLE}")
        for example in one.EXAMPLES:
            lines += checked(one, example)
    columns = (
        Column("", prose=True),
        Column("expected", number=True),
        Column("computed", number=True),
        Column("verdict"),
    )
    print("\n".join(laid_out(columns, lines, screen_width())))
    if any(cells[-1] == "DIFFERS" for cells in lines if not isinstance(cells, str)):
        raise typer.Exit(FAILED)


def checked(theory: Theory, example: Example) -> list[list[str]]:
    """Return a line for each expected number: where, expected, computed, verdict."""
    answer = theory.closed_form(**example.parameters)
    given = ", ".join(f"{name} {_short(value)}" for name, value in example.parameters.items())
    lines = []
    for name, expected in example.expected.items():
        alone = dataclasses.replace(example, expected={name: expected})
        verdict = "agrees" if alone.holds(answer) else "DIFFERS"
        shown = [f"{round(number, example.digits):.12g}" for number in (expected, answer[name])]
        lines.append([f"  {name} for {given}" if given else f"  {name}", *shown, verdict])
    return lines


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
